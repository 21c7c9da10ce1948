// The native reference of the benches: a calendar queue (R. Brown, Communications of the ACM 31,
// 1988) with the order of the agenda, and the two workloads that are measured on it.
//
//   calendar repair MACHINES    machines fail and are repaired for a year
//   calendar hold PENDING N     N executed events, each scheduling another
//
// Draws and logarithm are those of the kernel, operation by operation, so that the same events
// come out. Prints events, the seconds that they took, and a sum that depends on their order.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Half a line of the cache.
struct alignas(32) Event {
  double time;
  int64_t sequence;
  int32_t entity;
  int16_t priority;
  int16_t tag;
  int32_t next;
};

// Buckets of sorted chains; a turn of the calendar is a year, and chains hold several years.
class Calendar {
 public:
  // Buckets ahead that are brought nearer, and mean gaps of a bucket's width: 0.5 to 3 and 2 to 8
  // were tried, and these were the best at a hundred thousand and a million pending events.
  static constexpr int64_t AHEAD = 4;
  static constexpr double GAPS = 1;

  explicit Calendar(size_t expected) { pool.reserve(expected + 1); }

  void push(double time, int16_t priority, int32_t entity, int16_t tag) {
    int32_t id = unused;
    if (id >= 0) {
      unused = pool[id].next;
    } else {
      id = static_cast<int32_t>(pool.size());
      pool.emplace_back();
    }
    pool[id] = {time, pushed++, entity, priority, tag, -1};
    ++size;
    // Until the first is taken they are only collected.
    if (heads.empty()) return;
    file(id);
    if (size > 2 * heads.size()) rebuild(pending());
  }

  bool next(double before, Event& out) {
    if (size == 0) return false;
    if (heads.empty()) {
      std::vector<int32_t> all(pool.size());
      for (size_t id = 0; id < all.size(); ++id) all[id] = static_cast<int32_t>(id);
      rebuild(std::move(all));
    }
    for (size_t looked = 0;; ++looked) {
      const int32_t id = heads[cursor & mask];
      if (id >= 0 && bucketOf(pool[id].time) <= cursor) {
        if (!(pool[id].time < before)) return false;
        out = pool[id];
        heads[cursor & mask] = out.next;
        // What comes soon is brought nearer while this event is lived.
        const int32_t soon = heads[(cursor + AHEAD) & mask];
        if (soon >= 0) __builtin_prefetch(&pool[soon]);
        pool[id].next = unused;
        unused = id;
        --size;
        if (++taken >= patience) retune(out.time);
        return true;
      }
      if (looked < heads.size()) {
        ++cursor;
      } else {
        // A whole turn in vain: go where the earliest is.
        cursor = INT64_MAX;
        for (const int32_t head : heads)
          if (head >= 0) cursor = std::min(cursor, bucketOf(pool[head].time));
        looked = 0;
      }
    }
  }

 private:
  std::vector<Event> pool;
  std::vector<int32_t> heads;
  int64_t mask = 0;
  int64_t cursor = 0;
  int64_t pushed = 0;
  int32_t unused = -1;
  size_t size = 0;
  double rate = 1;
  // Since when the pace is counted, how many were taken, and when it is looked at.
  double since = 0;
  size_t taken = 0;
  size_t patience = SIZE_MAX;

  int64_t bucketOf(double time) const { return static_cast<int64_t>(time * rate); }

  static bool precedes(const Event& a, const Event& b) {
    if (a.time != b.time) return a.time < b.time;
    if (a.priority != b.priority) return a.priority < b.priority;
    if (a.entity != b.entity) return a.entity < b.entity;
    return a.sequence < b.sequence;
  }

  void file(int32_t id) {
    const int64_t bucket = bucketOf(pool[id].time);
    cursor = std::min(cursor, bucket);
    int32_t* link = &heads[bucket & mask];
    while (*link >= 0 && precedes(pool[*link], pool[id])) link = &pool[*link].next;
    pool[id].next = *link;
    *link = id;
  }

  void reset(size_t buckets, double width) {
    heads.assign(buckets, -1);
    mask = static_cast<int64_t>(buckets) - 1;
    rate = 1 / width;
    cursor = INT64_MAX;
  }

  std::vector<int32_t> pending() const {
    std::vector<int32_t> ids;
    for (int32_t id : heads)
      for (; id >= 0; id = pool[id].next) ids.push_back(id);
    return ids;
  }

  void refile(std::vector<int32_t> ids, double width) {
    // Filing the latest first finds its place at the front of each chain.
    std::sort(ids.begin(), ids.end(),
              [&](int32_t a, int32_t b) { return precedes(pool[b], pool[a]); });
    size_t buckets = 64;
    while (buckets < ids.size()) buckets *= 2;
    reset(buckets, width);
    for (const int32_t id : ids) file(id);
  }

  // Grown: the width follows the mean gap among the earlier half.
  void rebuild(std::vector<int32_t> ids) {
    std::vector<double> times;
    for (const int32_t id : ids) times.push_back(pool[id].time);
    std::sort(times.begin(), times.end());
    const size_t half = times.size() / 2;
    const double gap = (times[half] - times[0]) / static_cast<double>(half + 1);
    since = times[0];
    taken = 0;
    patience = std::max<size_t>(times.size(), 64);
    refile(std::move(ids), gap > 0 ? GAPS * gap : 1);
  }

  // After as many events as are pending: fits the width to the pace at which they were taken.
  void retune(double now) {
    const double width = GAPS * (now - since) / static_cast<double>(taken);
    if (width > 0 && (width * rate > 2 || width * rate < 0.5)) refile(pending(), width);
    since = now;
    taken = 0;
    patience = std::max<size_t>(size, 64);
  }
};

// Philox4x32-10, as in the kernel's philox.ts.
struct Words {
  uint32_t w[4];
};

Words philox(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t first = static_cast<uint64_t>(a) * 0xd2511f53u;
    const uint64_t second = static_cast<uint64_t>(c) * 0xcd9e8d57u;
    a = static_cast<uint32_t>(second >> 32) ^ b ^ k0;
    b = static_cast<uint32_t>(second);
    c = static_cast<uint32_t>(first >> 32) ^ d ^ k1;
    d = static_cast<uint32_t>(first);
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  return {{a, b, c, d}};
}

double uniformOf(uint32_t high, uint32_t low) {
  return ((high >> 6) * 67108864.0 + (low >> 6) + 0.5) * (1 / 4503599627370496.0);
}

// The kernel's logarithm of a normal double.
double ln(double x) {
  uint64_t bits;
  std::memcpy(&bits, &x, 8);
  const int32_t raised = static_cast<int32_t>((bits >> 32) + 0x00095f62) >> 20;
  const uint64_t scale = static_cast<uint64_t>(2046 - raised) << 52;
  double power;
  std::memcpy(&power, &scale, 8);
  const double m = x * power;
  const double exponent = raised - 1023;
  const double s = (m - 1) / (m + 1);
  const double z = s * s;
  const double w = z * z;
  const double even =
      1.0 / 3 + w * (1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19 + w * (1.0 / 23)))));
  const double odd = 1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21))));
  const double series = even + z * odd;
  return exponent * 0.6931471803691238 +
         (2 * s + (2 * s * z * series + exponent * 1.9082149292705877e-10));
}

double exponential(double u, double mean) { return -ln(1 - u) * mean; }

uint32_t streamId(const char* name) {
  uint32_t hash = 0x811c9dc5u;
  for (; *name != 0; ++name) hash = (hash ^ static_cast<uint8_t>(*name)) * 0x01000193u;
  return hash;
}

void repair(int machines) {
  enum : int16_t { FAIL, RETURN };
  const double year = 365;
  const Clock::time_point start = Clock::now();
  const Words key = philox(0, 0, 0, 0x5eed, 1, 1);
  const uint32_t stream = streamId("cycles");
  Calendar calendar(machines);
  std::vector<int32_t> turns(machines);
  std::vector<double> rest(machines);
  const auto begin = [&](int machine, double now) {
    const Words words = philox(turns[machine]++, machine, 0, stream, key.w[0], key.w[1]);
    rest[machine] = exponential(uniformOf(words.w[2], words.w[3]), 1);
    const double life = exponential(uniformOf(words.w[0], words.w[1]), 90);
    calendar.push(now + life, 0, machine, FAIL);
  };
  for (int machine = 0; machine < machines; ++machine) begin(machine, 0);
  int64_t up = machines;
  int64_t events = 0;
  double since = 0;
  double days = 0;
  Event event;
  while (calendar.next(year, event)) {
    days += static_cast<double>(up) * (event.time - since);
    since = event.time;
    ++events;
    if (event.tag == FAIL) {
      --up;
      calendar.push(event.time + rest[event.entity], 0, event.entity, RETURN);
    } else {
      ++up;
      begin(event.entity, event.time);
    }
  }
  const double found = (days + static_cast<double>(up) * (year - since)) / (machines * year);
  std::printf("{\"events\":%lld,\"seconds\":%.9g,\"sum\":%.17g}\n",
              static_cast<long long>(events), secondsSince(start), found);
}

void hold(int pending, int64_t events) {
  std::vector<double> distances(65536);
  uint32_t state = 1;
  for (double& distance : distances) {
    state = state * 1664525u + 1013904223u;
    distance = -ln((state + 0.5) / 4294967296.0);
  }
  Calendar calendar(pending);
  for (uint32_t i = 0; i < static_cast<uint32_t>(pending); ++i)
    calendar.push(distances[(i * 40503u) & 65535u] + i * 1e-9, 0, static_cast<int32_t>(i), 0);
  Event event;
  const auto live = [&](int64_t count, uint32_t offset) {
    for (uint32_t i = 0; i < count; ++i) {
      calendar.next(1e300, event);
      const double distance = distances[(i * 40503u + offset) & 65535u];
      calendar.push(event.time + distance, 0, event.entity, event.tag);
    }
  };
  live(pending, 17);
  const Clock::time_point start = Clock::now();
  live(events, 4711);
  const double seconds = secondsSince(start);
  std::printf("{\"events\":%lld,\"seconds\":%.9g,\"sum\":%.17g}\n",
              static_cast<long long>(events), seconds, event.time);
}

}  // namespace

int main(int count, char** words) {
  if (count == 3 && std::strcmp(words[1], "repair") == 0) {
    repair(std::atoi(words[2]));
    return 0;
  }
  if (count == 4 && std::strcmp(words[1], "hold") == 0) {
    hold(std::atoi(words[2]), std::atoll(words[3]));
    return 0;
  }
  return 2;
}
