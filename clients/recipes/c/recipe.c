/*
 * Asks Fieldserve for the pressure in a permeability map, from C with libcurl.
 *
 *     cc -std=c11 -o recipe recipe.c $(curl-config --cflags --libs)
 *     ./recipe http://localhost:8080 64 64 permeability.f32 pressure.f32
 *
 * The files hold ny * nx floats, x fastest. They stand for a solver's memory: predict() is what to take from here.
 */
#define _POSIX_C_SOURCE 200809L

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Raw bodies are little-endian float32: swap the bytes on this machine."
#endif

enum { MOST_TRIES = 10, PROBLEM_BYTES = 4096 };

/* Where an answer goes: the solution into the caller's array, a failure's text beside it. */
struct answer {
    CURL *curl;
    char *solution;
    size_t capacity;
    size_t received;
    char problem[PROBLEM_BYTES];
    size_t problem_length;
    bool trusted;
};

/* Takes the next bytes of the body. To take fewer than came makes libcurl give up with CURLE_WRITE_ERROR. */
static size_t take_body(char *bytes, size_t one, size_t count, void *context) {
    (void)one;
    struct answer *answer = context;
    long status = 0;
    curl_easy_getinfo(answer->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) {
        size_t room = sizeof answer->problem - 1 - answer->problem_length;
        size_t kept = count < room ? count : room;
        memcpy(answer->problem + answer->problem_length, bytes, kept);
        answer->problem_length += kept;
        return count;
    }
    if (count > answer->capacity - answer->received) {
        return 0;
    }
    memcpy(answer->solution + answer->received, bytes, count);
    answer->received += count;
    return count;
}

static size_t take_header(char *line, size_t one, size_t count, void *context) {
    (void)one;
    struct answer *answer = context;
    static const char trusted[] = "Fieldserve-Trusted: ?1";
    if (count >= sizeof trusted - 1 && strncasecmp(line, trusted, sizeof trusted - 1) == 0) {
        answer->trusted = true;
    }
    return count;
}

/* Tries again while the service has no room (429) or is starting (503), when it says that it is worth it. */
static CURLcode perform(CURL *curl, struct answer *answer, long *status) {
    CURLcode code = CURLE_OK;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        answer->received = answer->problem_length = 0;
        answer->trusted = false;
        code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
        if (code != CURLE_OK || (*status != 429 && *status != 503)) {
            break;
        }
        curl_off_t wait = 1;
        curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
        sleep((unsigned)wait);
    }
    return code;
}

/*
 * Predicts the mean pressure [ny][nx] for the permeability [ny][nx]. Returns whether it did; if not, it has said on
 * standard error why. Keep the handle for the next call: its connection stays open.
 */
static bool predict(CURL *curl, const char *url, size_t ny, size_t nx, const float *permeability, float *pressure) {
    const size_t bytes = ny * nx * sizeof(float);
    char address[1024];
    char shape[64];
    snprintf(address, sizeof address, "%s/v1/surrogates/darcy-fno/predict?outputs=mean", url);
    snprintf(shape, sizeof shape, "Fieldserve-Shape: %zu,%zu", ny, nx);

    struct curl_slist *headers = NULL;
    headers = curl_slist_append(headers, "Content-Type: application/octet-stream");
    headers = curl_slist_append(headers, "Accept: application/octet-stream");
    headers = curl_slist_append(headers, shape);

    struct answer answer = {.curl = curl, .solution = (char *)pressure, .capacity = bytes};
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, permeability);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 120L);

    long status = 0;
    CURLcode code = perform(curl, &answer, &status);
    curl_slist_free_all(headers);

    answer.problem[answer.problem_length] = '\0';
    if (code != CURLE_OK) {
        fprintf(stderr, "%s: %s\n", address, curl_easy_strerror(code));
    } else if (status != 200) {
        fprintf(stderr, "%s: HTTP status %ld\n%s\n", address, status, answer.problem);
    } else if (answer.received != bytes) {
        fprintf(stderr, "%s: expected %zu bytes, got %zu\n", address, bytes, answer.received);
    } else {
        if (!answer.trusted) {
            fprintf(stderr, "The service does not trust this answer; Accept: application/json says why.\n");
        }
        return true;
    }
    return false;
}

static bool read_floats(const char *path, float *values, size_t count) {
    FILE *file = fopen(path, "rb");
    bool whole = file != NULL && fread(values, sizeof *values, count, file) == count;
    if (file != NULL) {
        fclose(file);
    }
    return whole;
}

static bool write_floats(const char *path, const float *values, size_t count) {
    FILE *file = fopen(path, "wb");
    bool whole = file != NULL && fwrite(values, sizeof *values, count, file) == count;
    return file != NULL && fclose(file) == 0 && whole;
}

int main(int count, char **arguments) {
    if (count != 6) {
        fprintf(stderr, "usage: %s URL NY NX PERMEABILITY PRESSURE\n", arguments[0]);
        return 2;
    }
    size_t ny = strtoul(arguments[2], NULL, 10);
    size_t nx = strtoul(arguments[3], NULL, 10);
    float *permeability = calloc(ny * nx, sizeof *permeability);
    float *pressure = calloc(ny * nx, sizeof *pressure);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *curl = curl_easy_init();

    bool done = false;
    if (permeability == NULL || pressure == NULL || curl == NULL) {
        fprintf(stderr, "There is not enough memory.\n");
    } else if (!read_floats(arguments[4], permeability, ny * nx)) {
        fprintf(stderr, "%s does not hold %zu x %zu floats.\n", arguments[4], ny, nx);
    } else if (predict(curl, arguments[1], ny, nx, permeability, pressure)) {
        done = write_floats(arguments[5], pressure, ny * nx);
    }

    curl_easy_cleanup(curl);
    curl_global_cleanup();
    free(pressure);
    free(permeability);
    return done ? 0 : 1;
}
