! What the recipe calls of libcurl.
module libcurl
    use, intrinsic :: iso_c_binding
    implicit none

    ! From curl/curl.h, where they are part of the binary interface and never change.
    integer(c_int), parameter :: timeout = 13, post_field_size = 60, write_data = 10001, url = 10002, &
        post_fields = 10015, http_header = 10023, header_data = 10029, write_function = 20011, header_function = 20079
    integer(c_long), parameter :: init_all = 3

    interface
        integer(c_int) function curl_global_init(flags) bind(c)
            import
            integer(c_long), value :: flags
        end function
        type(c_ptr) function curl_easy_init() bind(c)
            import
        end function
        integer(c_int) function curl_easy_perform(curl) bind(c)
            import
            type(c_ptr), value :: curl
        end function
        subroutine curl_easy_cleanup(curl) bind(c)
            import
            type(c_ptr), value :: curl
        end subroutine
        type(c_ptr) function curl_slist_append(list, line) bind(c)
            import
            type(c_ptr), value :: list
            character(kind=c_char), intent(in) :: line(*)
        end function
        subroutine curl_slist_free_all(list) bind(c)
            import
            type(c_ptr), value :: list
        end subroutine

        ! These are in curl_options.c.
        integer(c_int) function curl_set_long(curl, option, value) bind(c)
            import
            type(c_ptr), value :: curl
            integer(c_int), value :: option
            integer(c_long), value :: value
        end function
        integer(c_int) function curl_set_pointer(curl, option, value) bind(c)
            import
            type(c_ptr), value :: curl, value
            integer(c_int), value :: option
        end function
        integer(c_int) function curl_set_function(curl, option, value) bind(c)
            import
            type(c_ptr), value :: curl
            integer(c_int), value :: option
            type(c_funptr), value :: value
        end function
        integer(c_long) function curl_status(curl) bind(c)
            import
            type(c_ptr), value :: curl
        end function
        integer(c_long) function curl_retry_after(curl) bind(c)
            import
            type(c_ptr), value :: curl
        end function

        ! The C library's.
        integer(c_int) function c_sleep(seconds) bind(c, name="sleep")
            import
            integer(c_int), value :: seconds
        end function
    end interface
end module
