! Asks Fieldserve for the pressure in a permeability map, from Fortran 2008 with libcurl.
!
!     cc -c curl_options.c $(curl-config --cflags)
!     gfortran -std=f2008 -o recipe libcurl.f90 recipe.f90 curl_options.o $(curl-config --libs)
!     ./recipe http://localhost:8080 64 64 permeability.f32 pressure.f32
!
! Order of axes: Fortran's first index runs fastest in memory, C's and the service's last one does. A solver's array
! a(nx, ny), with elements a(ix, iy), is therefore what the service calls [ny, nx], as it lies: send its bytes without a
! transpose, and its shape the other way round. An array a(ny, nx) has to be transposed first.
!
! The files hold ny * nx little-endian floats, x fastest. They stand for a solver's memory: predict is what to take from
! here.

module fieldserve
    use, intrinsic :: iso_c_binding
    use, intrinsic :: iso_fortran_env, only: error_unit
    use libcurl
    implicit none
    private
    public :: predict

    integer, parameter :: most_tries = 10, problem_bytes = 4096
    integer(c_long), parameter :: ok = 200, overloaded = 429, unavailable = 503

    ! Where an answer goes: the solution into the caller's array, a failure's text beside it.
    type, bind(c) :: answer_t
        type(c_ptr) :: curl, solution
        integer(c_size_t) :: capacity, received, problem_length
        character(kind=c_char) :: problem(problem_bytes)
        logical(c_bool) :: trusted
    end type

contains

    ! Predicts the mean pressure(nx, ny) for permeability(nx, ny); true if it did, else it has said on standard error
    ! why. Keep the handle for the next call: its connection stays open. The compiler copies an array section, but no
    ! whole array.
    logical function predict(curl, service, permeability, pressure) result(done)
        type(c_ptr), intent(in) :: curl
        character(*), intent(in) :: service
        real(c_float), contiguous, target, intent(in) :: permeability(:, :)
        real(c_float), contiguous, target, intent(out) :: pressure(:, :)
        character(kind=c_char, len=:), allocatable, target :: address
        type(answer_t), target :: answer
        type(c_ptr) :: headers
        character(64) :: shape_header
        integer(c_long) :: bytes
        integer(c_int) :: code

        bytes = size(permeability, kind=c_long) * storage_size(permeability) / 8
        ! The slowest axis first, which is Fortran's last.
        write (shape_header, '("Fieldserve-Shape: ", i0, ",", i0)') size(permeability, 2), size(permeability, 1)
        headers = curl_slist_append(c_null_ptr, "Content-Type: application/octet-stream" // c_null_char)
        headers = curl_slist_append(headers, "Accept: application/octet-stream" // c_null_char)
        headers = curl_slist_append(headers, trim(shape_header) // c_null_char)
        address = service // "/v1/surrogates/darcy-fno/predict?outputs=mean" // c_null_char

        answer%curl = curl
        answer%solution = c_loc(pressure)
        answer%capacity = size(pressure, kind=c_size_t) * storage_size(pressure) / 8
        code = curl_set_pointer(curl, url, c_loc(address))
        code = curl_set_pointer(curl, http_header, headers)
        code = curl_set_pointer(curl, post_fields, c_loc(permeability))
        code = curl_set_long(curl, post_field_size, bytes)
        code = curl_set_function(curl, write_function, c_funloc(take_body))
        code = curl_set_pointer(curl, write_data, c_loc(answer))
        code = curl_set_function(curl, header_function, c_funloc(take_header))
        code = curl_set_pointer(curl, header_data, c_loc(answer))
        code = curl_set_long(curl, timeout, 120_c_long)

        code = perform(curl, answer)
        call curl_slist_free_all(headers)

        done = .false.
        if (code /= 0) then
            write (error_unit, '(a, i0)') service // ": libcurl gave up with code ", code
        else if (curl_status(curl) /= ok) then
            write (error_unit, '(a, i0)') service // ": HTTP status ", curl_status(curl)
            write (error_unit, '(*(a))') answer%problem(:answer%problem_length)
        else if (answer%received /= answer%capacity) then
            write (error_unit, '(a)') service // ": the answer ends early"
        else
            done = .true.
            if (.not. answer%trusted) then
                write (error_unit, '(a)') "The service does not trust this answer; Accept: application/json says why."
            end if
        end if
    end function

    ! Tries again while the service has no room (429) or is starting (503), when it says that it is worth it.
    integer(c_int) function perform(curl, answer) result(code)
        type(c_ptr), intent(in) :: curl
        type(answer_t), intent(inout) :: answer
        integer(c_long) :: status
        integer(c_int) :: unslept
        integer :: tries

        do tries = 1, most_tries
            answer%received = 0
            answer%problem_length = 0
            answer%trusted = .false.
            code = curl_easy_perform(curl)
            status = curl_status(curl)
            if (code /= 0 .or. .not. any(status == [overloaded, unavailable])) exit
            unslept = c_sleep(int(curl_retry_after(curl), c_int))
        end do
    end function

    ! Takes the next bytes of the body. To take fewer than came makes libcurl give up.
    integer(c_size_t) function take_body(bytes, one, count, context) bind(c) result(taken)
        type(c_ptr), value :: bytes, context
        integer(c_size_t), value :: one, count
        type(answer_t), pointer :: answer
        character(kind=c_char), pointer :: came(:), solution(:)
        integer(c_size_t) :: kept

        taken = one * count
        call c_f_pointer(context, answer)
        call c_f_pointer(bytes, came, [taken])
        if (curl_status(answer%curl) /= ok) then
            kept = min(taken, problem_bytes - answer%problem_length)
            answer%problem(answer%problem_length + 1:answer%problem_length + kept) = came(:kept)
            answer%problem_length = answer%problem_length + kept
        else if (taken > answer%capacity - answer%received) then
            taken = 0
        else
            call c_f_pointer(answer%solution, solution, [answer%capacity])
            solution(answer%received + 1:answer%received + taken) = came
            answer%received = answer%received + taken
        end if
    end function

    integer(c_size_t) function take_header(bytes, one, count, context) bind(c) result(taken)
        type(c_ptr), value :: bytes, context
        integer(c_size_t), value :: one, count
        character(*), parameter :: trusted = "fieldserve-trusted: ?1"
        type(answer_t), pointer :: answer
        character(kind=c_char), pointer :: line(:)
        integer :: i

        taken = one * count
        if (taken < len(trusted)) return
        call c_f_pointer(context, answer)
        call c_f_pointer(bytes, line, [taken])
        if (all([(lower(line(i)) == trusted(i:i), i = 1, len(trusted))])) answer%trusted = .true.
    end function

    elemental character function lower(letter)
        character, intent(in) :: letter
        lower = letter
        if (letter >= "A" .and. letter <= "Z") lower = achar(iachar(letter) + 32)
    end function
end module

program recipe
    use, intrinsic :: iso_c_binding
    use, intrinsic :: iso_fortran_env, only: error_unit
    use libcurl
    use fieldserve
    implicit none
    real(c_float), allocatable :: permeability(:, :), pressure(:, :)
    type(c_ptr) :: curl
    integer(c_int) :: code
    integer :: nx, ny, unit, status
    logical :: done

    if (command_argument_count() /= 5) then
        write (error_unit, '(a)') "usage: recipe URL NY NX PERMEABILITY PRESSURE"
        stop 2
    end if
    ny = number(2)
    nx = number(3)
    allocate (permeability(nx, ny), pressure(nx, ny))
    open (newunit=unit, file=argument(4), access="stream", form="unformatted", status="old", action="read", &
        iostat=status)
    if (status == 0) read (unit, iostat=status) permeability
    if (status /= 0) then
        write (error_unit, '(a)') argument(4) // " does not hold that many floats"
        stop 1
    end if
    close (unit)

    code = curl_global_init(init_all)
    curl = curl_easy_init()
    done = predict(curl, argument(1), permeability, pressure)
    call curl_easy_cleanup(curl)
    if (.not. done) stop 1

    open (newunit=unit, file=argument(5), access="stream", form="unformatted", status="replace", action="write")
    write (unit) pressure
    close (unit)

contains

    function argument(position) result(text)
        integer, intent(in) :: position
        character(:), allocatable :: text
        integer :: length
        call get_command_argument(position, length=length)
        allocate (character(length) :: text)
        call get_command_argument(position, text)
    end function

    integer function number(position)
        integer, intent(in) :: position
        character(:), allocatable :: text
        text = argument(position)
        read (text, *) number
    end function
end program
