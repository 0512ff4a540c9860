/* Stands in for libcudart: locks up to 64 KiB at once, on device 1 alone, and keeps what a test wants to know. */
#include <stdio.h>

static unsigned long locked;
static int device, last_error, last_flags;

static int answer(int error) {
    last_error = error ? error : last_error;
    return error;
}

int cudaSetDevice(int index) {
    device = index;
    return answer(index == 1 ? 0 : 101);
}

int cudaHostRegister(void *memory, unsigned long bytes, unsigned flags) {
    last_flags = flags;
    if (!memory || (unsigned long) memory % 4096 || locked + bytes > 65536) return answer(2);
    *(char *) memory = *((char *) memory + bytes - 1) = 42;
    locked += bytes;
    return answer(0);
}

int cudaHostUnregister(void *memory) {
    if (!locked || *(char *) memory != 42) return answer(713);
    locked = 0;
    return answer(0);
}

int cudaGetLastError(void) {
    int error = last_error;
    last_error = 0;
    return error;
}

const char *cudaGetErrorString(int error) {
    return error == 2 ? "out of memory" : error == 101 ? "invalid device ordinal" : "not registered";
}

int cudaDeviceGetPCIBusId(char *text, int length, int index) {
    snprintf(text, length, "0000:%02X:00.0", 0x3A + index);
    return answer(0);
}

int locked_kib(void) { return locked / 1024; }
int kept_error(void) { return last_error; }
int flags_seen(void) { return last_flags; }
