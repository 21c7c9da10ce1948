import { describe, expect, it } from "vitest";
import {
  checkIp4,
  checkIp6,
  checkLocation,
  checkPublicConfig,
  isLatitude,
  isLongitude,
  isStellarKey,
} from "../../src/protocol/index.ts";
import { checkInterfaces } from "../../src/protocol/interface.ts";
import { isRelay } from "../../src/protocol/twin.ts";
import type { Outcome } from "../../src/units/index.ts";

const verdict = (checked: Outcome<unknown, string>): string => (checked.ok ? "ok" : checked.error);

/** Rows of a table of three columns and a comment. */
const rows = (table: string): readonly (readonly [string, string, string])[] =>
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [first, second, third] = line.trim().split(/\s+/);
      return [first, second, third] as const;
    });

const PAIRS4 = `
  185.206.122.33/24   185.206.122.1    ok
  185.206.122.33/32   185.206.122.1    InvalidPublicIp  another network
  185.206.122.33/0    1.1.1.1          ok               a mask of 0 contains all
  185.206.122.1/24    185.206.122.1    InvalidPublicIp  the gateway itself
  185.206.122.33/0    10.0.0.1         InvalidPublicIp  a gateway is public too
  10.0.0.2/0          185.206.122.1    InvalidPublicIp  and so is who stands behind it
  185.206.122.33/0    224.0.0.1        InvalidPublicIp
  185.206.122.33      185.206.122.1    InvalidIp4       no mask
  185.206.122.33/33   185.206.122.1    InvalidIp4
  185.206.122.33/024  185.206.122.1    InvalidIp4       three digits
  185.206.122.33/08   185.206.122.1    ok               a mask may have a leading zero
  185.206.122.33/00   185.206.122.1    InvalidIp4       but not two zeros
  185.206.122.33/     185.206.122.1    InvalidIp4
  185.206.122.33/2x   185.206.122.1    InvalidIp4
  185.206.122.033/24  185.206.122.1    InvalidIp4       an octet may not
  185.206.122.256/24  185.206.122.1    InvalidIp4
  185.206.122/24      185.206.122.1    InvalidIp4
  185.206.122.33.1/24 185.206.122.1    InvalidIp4
  185.206.122.33/24   185.206.122.1/24 InvalidGw4       a gateway has no mask
  185.206.122.33/33   185.206.122.     InvalidGw4       the gateway is looked at first
  0.1.2.3/8           0.1.2.4          InvalidPublicIp
  1.0.0.1/8           1.0.0.2          ok
  10.0.0.2/8          10.0.0.1         InvalidPublicIp
  100.63.255.255/24   100.63.255.1     ok
  100.64.0.2/24       100.64.0.1       InvalidPublicIp  carrier grade
  100.127.255.2/24    100.127.255.1    InvalidPublicIp
  100.128.0.2/24      100.128.0.1      ok
  127.0.0.2/8         127.0.0.1        InvalidPublicIp
  169.254.1.2/16      169.254.1.1      InvalidPublicIp
  172.15.0.2/16       172.15.0.1       ok
  172.16.0.2/12       172.16.0.1       InvalidPublicIp
  172.31.255.2/24     172.31.255.1     InvalidPublicIp
  172.32.0.2/16       172.32.0.1       ok
  192.0.0.2/24        192.0.0.1        ok               kept for protocols, and yet public
  192.0.2.2/24        192.0.2.1        InvalidPublicIp
  192.88.99.2/24      192.88.99.1      ok               once a relay, and yet public
  192.168.1.2/24      192.168.1.1      InvalidPublicIp
  198.17.0.2/16       198.17.0.1       ok
  198.18.0.2/16       198.18.0.1       InvalidPublicIp
  198.19.0.2/16       198.19.0.1       InvalidPublicIp
  198.51.100.2/24     198.51.100.1     InvalidPublicIp
  203.0.113.2/24      203.0.113.1      InvalidPublicIp
  223.255.255.2/24    223.255.255.1    ok
  224.0.0.2/24        224.0.0.1        InvalidPublicIp  of many
  240.0.0.2/24        240.0.0.1        InvalidPublicIp  reserved
  255.255.255.255/8   255.0.0.1        InvalidPublicIp
`;

const PAIRS6 = `
  2a10:b600:1::0cc4:7a30:65b5/64 2a10:b600:1::1         ok
  2a10:b600:1::1/64              2a10:b600:1::1         InvalidPublicIp  the gateway itself
  2a10:b600:1::1/64              2a10:b600:0001:0::1    InvalidPublicIp  in another spelling
  2a10:b600:1::2/64              2a10:b600:2::1         InvalidPublicIp
  2a10:b600:1::2                 2a10:b600:1::1         InvalidIp6       no mask
  2a10:b600:1::2/129             2a10:b600:1::1         InvalidIp6
  2a10:b600:1::2/064             2a10:b600:1::1         ok               leading zero
  2a10:b600:1::2/000             2a10:b600:1::1         InvalidIp6
  2a10:b600:1::2/0               2a10:b600:1::1         InvalidPublicIp  0 contains none other
  2a10:b600:1::2/                2a10:b600:1::1         InvalidIp6
  2A10:B600:1::2/64              2a10:b600:1::1         ok               capitals
  2a10:b600:1::2/64              2a10:b600:1::1/64      InvalidGw6
  2a10:b600:1::2/64              2a10:b600:1:1          InvalidGw6       four groups
  1:2:3:4:5:6:7:8/16             1:2:3:4:5:6:7:9        ok
  1:2:3:4:5:6:7::/16             1:2:3:4:5:6:7:9        ok               one group left out
  1:2:3:4:5:6:7:8::/16           1:2:3:4:5:6:7:9        InvalidIp6       none left out
  1::2::3/16                     1:2:3:4:5:6:7:9        InvalidIp6
  :1:2:3:4:5:6:7/16              1:2:3:4:5:6:7:9        InvalidIp6
  1:2:3:4:5:6:7:/16              1:2:3:4:5:6:7:9        InvalidIp6
  1:::2/16                       1:2:3:4:5:6:7:9        InvalidIp6
  12345::1/16                    1:2:3:4:5:6:7:9        InvalidIp6
  g::1/16                        1:2:3:4:5:6:7:9        InvalidIp6
  ::ffff:1.2.3.4/96              ::1                    InvalidIp6       not understood
  ::2/64                         ::1                    ok               loopback is public here
  2001:db8::2/64                 2001:db8::1            ok               so is documentation
  100::2/64                      100::1                 InvalidPublicIp  discarded
  100:0:0:1::2/64                100:0:0:1::1           ok
  fc00::2/64                     fc00::1                InvalidPublicIp
  fdff::2/64                     fdff::1                InvalidPublicIp
  fe80::2/64                     fe80::1                InvalidPublicIp
  febf::2/64                     febf::1                InvalidPublicIp
  fec0::2/64                     fec0::1                ok
  ff02::2/64                     ff02::1                InvalidPublicIp  of many
  100:0:0:1::2/32                100::1                 InvalidPublicIp  a gateway is public too
  100::2/32                      100:0:0:1::1           InvalidPublicIp  and so is its address
  2a10:b600:1::2/128             2a10:b600:1::1         InvalidPublicIp  128 is itself alone
  2a10:b600:1::2/x64             2a10:b600:1::1         InvalidIp6
  2a10:b600:1::2/64x             2a10:b600:1::1         InvalidIp6
  ::1/64                         ::                     ok               the shortest
  1111:2222:3333:4444:5555:6666:7777:8888/16 1111:2222:3333:4444:5555:6666:7777:9999 ok longest
`;

describe("an address with its gateway", () => {
  it.each(rows(PAIRS4))("%s by %s: %s", (ip, gw, expected) => {
    expect(verdict(checkIp4({ ip, gw }))).toBe(expected);
  });

  it.each(rows(PAIRS6))("%s by %s: %s", (ip, gw, expected) => {
    expect(verdict(checkIp6({ ip, gw }))).toBe(expected);
  });
});

describe("a public config", () => {
  const ip4 = { ip: "185.206.122.33/24", gw: "185.206.122.1" };
  const ip6 = { ip: "2a10:b600:1::2/64", gw: "2a10:b600:1::1" };
  const bad4 = { ip: "1.1.1.1", gw: "185.206.122.1" };
  const bad6 = { ip: "fe80::2/64", gw: "fe80::1" };

  it.each([
    [{ ip4, ip6, domain: "some-domain.org" }, "ok"],
    [{ ip4, ip6: null, domain: null }, "ok"],
    [{ ip4, ip6, domain: "" }, "ok"],
    [{ ip4: bad4, ip6: bad6, domain: "under_score" }, "InvalidDomain"],
    [{ ip4: bad4, ip6: bad6, domain: null }, "InvalidIp4"],
    [{ ip4, ip6: bad6, domain: null }, "InvalidPublicIp"],
    [{ ip4, ip6, domain: "d".repeat(128) }, "ok"],
    [{ ip4, ip6, domain: "d".repeat(129) }, "InvalidDomain"],
  ])("%j: %s", (config, expected) => {
    expect(verdict(checkPublicConfig(config))).toBe(expected);
  });
});

const LATITUDES = `
  90           true    .
  90.0         true    .
  -90.0        true    .
  +90          true    .
  9e1          true    .
  900E-1       true    .
  .5           true    .
  5.           true    .
  .95          true    .
  00090        true    .
  10e1         false   .
  0e999999999  true    .
  1e-999999999 true    .
  1e999999999  false   .
  Unknown      true    .
  unknown      false   .
  90.00001     false   .
  90.000003814697265625      true   halfway_to_the_next_float_falls_back
  90.0000038146972656250001  false  and_a_trifle_more_does_not
  -90.0000038146972656250001 false  .
  .            false   .
  e1           false   .
  1e           false   .
  1_0          false   .
  30,35465     false   .
  NaN          false   .
  inf          false   .
  0x10         false   .
`;

describe("a place", () => {
  it.each(rows(LATITUDES))("latitude %s: %s", (text, expected) => {
    expect(String(isLatitude(text))).toBe(expected);
  });

  it.each([
    ["180", true],
    ["180.00000762939453125", true],
    ["180.000007629394531250001", false],
    ["180.00001", false],
    ["-180.00000762939453125", true],
    ["181", false],
    ["Unknown", true],
    [" 1", false],
    ["", false],
  ])("longitude '%s': %s", (text, expected) => {
    expect(isLongitude(text)).toBe(expected);
  });

  const place = { city: "Ghent", country: "Belgium", latitude: "50.9", longitude: "3.7" };
  it.each([
    [{}, "ok"],
    [{ city: "" }, "CityNameTooShort"],
    [{ city: "c".repeat(59) }, "CityNameTooLong"],
    [{ city: "é".repeat(30) }, "CityNameTooLong"],
    [{ country: "B" }, "CountryNameTooShort"],
    [{ country: "BE" }, "ok"],
    [{ country: "b".repeat(57) }, "CountryNameTooLong"],
    [{ latitude: "", longitude: "" }, "LatitudeInputTooShort"],
    [{ latitude: `1.${"0".repeat(49)}` }, "LatitudeInputTooLong"],
    [{ latitude: "91" }, "InvalidLatitudeInput"],
    [{ longitude: "" }, "LongitudeInputTooShort"],
    [{ longitude: `1.${"0".repeat(49)}` }, "LongitudeInputTooLong"],
    [{ longitude: "181" }, "InvalidLongitudeInput"],
  ])("%j: %s", (change, expected) => {
    expect(verdict(checkLocation({ ...place, ...change }))).toBe(expected);
  });
});

describe("a Stellar key", () => {
  const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";
  const USDC = "GA5ZSEJYB37JRC5AVCIA5MOP4RHTM335X2KGX3IHOJAPP5RE34K4KZVN";

  it.each([
    [KEY, true, "valid"],
    [USDC, true, "valid"],
    [`${KEY.slice(0, -1)}Y`, false, "another last letter"],
    [KEY.replace("GBIY", "GBIZ"), false, "another letter"],
    [KEY.toLowerCase(), false, "small letters"],
    [KEY.slice(0, -1), false, "too short"],
    [`${KEY}A`, false, "too long"],
    [KEY.replace("BIYY", "BI1Y"), false, "a digit that is no letter of base 32"],
    [`${KEY.slice(0, 8)}1${KEY.slice(9)}`, false, "another where the letter of five ones was"],
    ["SBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z", false, "another version"],
    ["SBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OHSMG", false, "with its checksum"],
    ["ABIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGAY4", false, "and another"],
    ["", false, "nothing"],
  ])("%s: %s, %s", (text, expected) => {
    expect(isStellarKey(text)).toBe(expected);
  });

  it("is checked in every bit", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    for (let place = 0; place < KEY.length; place++) {
      const other = letters[(letters.indexOf(KEY[place]) + 1) % 32];
      expect(isStellarKey(KEY.slice(0, place) + other + KEY.slice(place + 1))).toBe(false);
    }
  });
});

describe("a node's network card", () => {
  const card = { name: "eth0", mac: "0c:c4:7a:30:65:b5", ips: ["185.206.122.33"] };
  const ips = (count: number) => Array.from({ length: count }, (_, at) => `185.206.122.${at}`);
  const many = "1111:2222:3333:4444:5555:6666:7777:8888";

  it.each([
    [{}, "ok"],
    [{ name: "abc" }, "ok"],
    [{ name: "n".repeat(20) }, "ok"],
    [{ name: "a_b-9" }, "ok"],
    [{ name: "ab" }, "InterfaceNameTooShort"],
    [{ name: "n".repeat(21) }, "InterfaceNameTooLong"],
    [{ name: "Eth0" }, "InvalidInterfaceName"],
    [{ name: "ab", mac: "", ips: [""] }, "InterfaceNameTooShort"],
    [{ mac: "0C:C4:7A:30:65:B5" }, "ok"],
    [{ mac: "0c:c4:7a:30:65:b" }, "InterfaceMacTooShort"],
    [{ mac: "0c:c4:7a:30:65:b5:" }, "InterfaceMacTooLong"],
    [{ mac: "0c:c4:7a:30:65:g5" }, "InvalidMacAddress"],
    [{ mac: "0c-c4-7a-30-65-b5" }, "InvalidMacAddress"],
    [{ mac: "", ips: [""] }, "InterfaceMacTooShort"],
    [{ ips: [] }, "ok"],
    [{ ips: ["1.2.3.4", many] }, "ok"],
    [{ ips: ["1.2.3."] }, "InterfaceIpTooShort"],
    [{ ips: [`${many}:999`] }, "InterfaceIpTooLong"],
    [{ ips: [`${many}:99`] }, "InvalidInterfaceIP"],
    [{ ips: ["1.2.3.4", "1.2.3.4/24"] }, "InvalidInterfaceIP"],
    [{ ips: ips(10) }, "ok"],
    [{ ips: ips(11) }, "InvalidInterfaceIP"],
    [{ ips: [...ips(11), "1"] }, "InterfaceIpTooShort"],
  ])("%j: %s", (change, expected) => {
    const cards = [card, { ...card, ...change }, { name: "", mac: "", ips: [] }];
    expect(verdict(checkInterfaces(cards.slice(0, 2)))).toBe(expected);
    // The first that is wrong is told.
    expect(verdict(checkInterfaces(cards))).toBe(
      expected === "ok" ? "InterfaceNameTooShort" : expected,
    );
  });
});

describe("a relay", () => {
  it.each([
    ["somerelay.io", true],
    ["ab.c", true],
    ["a.b", false],
    ["ab.c.d", true],
    ["ab.cd.ef", true],
    ["a", true],
    ["a_b-c", true],
    ["", false],
    [".ab", false],
    ["ab.", false],
    ["ab..cd", false],
    ["ab/cd", false],
    ["äb.cd", false],
  ])("'%s': %s; the dot at the second place counts as one too near", (text, expected) => {
    expect(isRelay(text)).toBe(expected);
  });
});
