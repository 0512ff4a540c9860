// Asks Fieldserve for the pressure in a permeability map, from C++17 with libcurl.
//
//     c++ -std=c++17 -o recipe recipe.cpp $(curl-config --cflags --libs)
//     ./recipe http://localhost:8080 64 64 permeability.f32 pressure.f32
//
// The files hold ny * nx floats, x fastest. They stand for a solver's memory: Fieldserve is what to take from here.

#include <curl/curl.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Raw bodies are little-endian float32: swap the bytes on this machine."
#endif

/// A field on a grid in row-major order, [ny][nx].
struct Field {
    std::size_t ny, nx;
    std::vector<float> values = std::vector<float>(ny * nx);

    std::size_t bytes() const { return values.size() * sizeof(float); }
};

struct Solution {
    Field mean;
    /// Whether the service trusts it; Accept: application/json says why not.
    bool trusted;
};

/// One connection to a service, for one thread; it stays open from call to call.
class Fieldserve {
public:
    explicit Fieldserve(std::string url) : url_(std::move(url)), curl_(curl_easy_init(), curl_easy_cleanup) {
        if (!curl_) {
            throw std::runtime_error("libcurl has no handle to give");
        }
    }

    /// The mean over the ensemble, on the grid of the input.
    /// @throws std::runtime_error with the problem's text, if the service refuses; or with libcurl's
    Solution predict(const std::string &surrogate, const Field &input) {
        const std::string address = url_ + "/v1/surrogates/" + surrogate + "/predict?outputs=mean";
        const Headers headers = list({
            "Content-Type: application/octet-stream",
            "Accept: application/octet-stream",
            "Fieldserve-Shape: " + std::to_string(input.ny) + "," + std::to_string(input.nx),
        });
        Answer answer{curl_.get(), Field{input.ny, input.nx}};

        set(CURLOPT_URL, address.c_str());
        set(CURLOPT_HTTPHEADER, headers.get());
        set(CURLOPT_POSTFIELDS, input.values.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(input.bytes()));
        set(CURLOPT_WRITEFUNCTION, take_body);
        set(CURLOPT_WRITEDATA, &answer);
        set(CURLOPT_HEADERFUNCTION, take_header);
        set(CURLOPT_HEADERDATA, &answer);
        set(CURLOPT_TIMEOUT, 120L);

        const long status = perform(answer);
        if (status != 200) {
            throw std::runtime_error(address + ": HTTP status " + std::to_string(status) + "\n" + answer.problem);
        }
        if (answer.received != answer.mean.bytes()) {
            throw std::runtime_error(address + ": the answer ends early");
        }
        return {std::move(answer.mean), answer.trusted};
    }

private:
    using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
    static constexpr int most_tries = 10;

    /// Where an answer goes: the solution into an array, a failure's text beside it.
    struct Answer {
        CURL *curl;
        Field mean;
        std::size_t received = 0;
        std::string problem = {};
        bool trusted = false;
    };

    std::string url_;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;

    template <typename Value> void set(CURLoption option, Value value) {
        check(curl_easy_setopt(curl_.get(), option, value));
    }

    /// Tries again while the service has no room (429) or is starting (503), when it says that it is worth it.
    long perform(Answer &answer) {
        long status = 0;
        for (int tries = 0; tries < most_tries; tries++) {
            answer.received = 0;
            answer.problem.clear();
            answer.trusted = false;
            check(curl_easy_perform(curl_.get()));
            curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
            if (status != 429 && status != 503) {
                break;
            }
            curl_off_t wait = 1;
            curl_easy_getinfo(curl_.get(), CURLINFO_RETRY_AFTER, &wait);
            std::this_thread::sleep_for(std::chrono::seconds(wait));
        }
        return status;
    }

    /// Takes the next bytes of the body. To take fewer than came makes libcurl give up.
    static std::size_t take_body(char *bytes, std::size_t, std::size_t count, void *context) {
        Answer &answer = *static_cast<Answer *>(context);
        long status = 0;
        curl_easy_getinfo(answer.curl, CURLINFO_RESPONSE_CODE, &status);
        if (status != 200) {
            answer.problem.append(bytes, count);
            return count;
        }
        if (count > answer.mean.bytes() - answer.received) {
            return 0;
        }
        std::memcpy(reinterpret_cast<char *>(answer.mean.values.data()) + answer.received, bytes, count);
        answer.received += count;
        return count;
    }

    static std::size_t take_header(char *bytes, std::size_t, std::size_t count, void *context) {
        const std::string trusted = "Fieldserve-Trusted: ?1\r\n";
        if (count == trusted.size() && curl_strnequal(bytes, trusted.c_str(), count) != 0) {
            static_cast<Answer *>(context)->trusted = true;
        }
        return count;
    }

    static Headers list(const std::vector<std::string> &lines) {
        Headers headers{nullptr, curl_slist_free_all};
        for (const std::string &line : lines) {
            curl_slist *longer = curl_slist_append(headers.get(), line.c_str());
            if (longer == nullptr) {
                throw std::bad_alloc();
            }
            // The list of before is part of the longer one.
            static_cast<void>(headers.release());
            headers.reset(longer);
        }
        return headers;
    }

    static void check(CURLcode code) {
        if (code != CURLE_OK) {
            throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
        }
    }
};

static Field read(const char *path, std::size_t ny, std::size_t nx) {
    Field field{ny, nx};
    std::ifstream file(path, std::ios::binary);
    if (!file.read(reinterpret_cast<char *>(field.values.data()), static_cast<std::streamsize>(field.bytes()))) {
        throw std::runtime_error(std::string(path) + " does not hold that many floats");
    }
    return field;
}

static void write(const char *path, const Field &field) {
    std::ofstream file(path, std::ios::binary);
    file.exceptions(std::ios::failbit | std::ios::badbit);
    file.write(reinterpret_cast<const char *>(field.values.data()), static_cast<std::streamsize>(field.bytes()));
}

int main(int count, char **arguments) {
    if (count != 6) {
        std::cerr << "usage: " << arguments[0] << " URL NY NX PERMEABILITY PRESSURE\n";
        return 2;
    }
    try {
        const Field permeability = read(arguments[4], std::stoul(arguments[2]), std::stoul(arguments[3]));
        Fieldserve service(arguments[1]);
        const Solution pressure = service.predict("darcy-fno", permeability);
        if (!pressure.trusted) {
            std::cerr << "The service does not trust this answer; Accept: application/json says why.\n";
        }
        write(arguments[5], pressure.mean);
        return 0;
    } catch (const std::exception &failure) {
        std::cerr << failure.what() << '\n';
        return 1;
    }
}
