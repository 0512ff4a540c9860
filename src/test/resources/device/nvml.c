/* Stands in for libnvidia-ml: one device at 0000:3B:00.0, which forgets its rates after the first time. */
#include <string.h>

struct memory { unsigned long long total, free, used; };
struct rates { unsigned gpu, memory; };

static int started, asked, the_device;

int nvmlInit_v2(void) { started = 1; return 0; }

int nvmlDeviceGetHandleByPciBusId_v2(const char *bus_id, void **device) {
    if (!started) return 1;
    if (strcmp(bus_id, "0000:3B:00.0")) return 6;
    *device = &the_device;
    return 0;
}

int nvmlDeviceGetMemoryInfo(void *device, struct memory *memory) {
    if (device != &the_device) return 2;
    *memory = (struct memory) {85899345920ULL, 85899345920ULL - 5368709120ULL, 5368709120ULL};
    return 0;
}

int nvmlDeviceGetUtilizationRates(void *device, struct rates *rates) {
    if (asked++) return 3;
    *rates = (struct rates) {73, 12};
    return 0;
}

const char *nvmlErrorString(int error) {
    return error == 6 ? "Not Found" : "Uninitialized";
}
