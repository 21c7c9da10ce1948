/** What does not compile: each line below a directive is a mistake that the types find. */
import { describe, expect, it } from "vitest";
import {
  type BilledUnits,
  type BillingCu,
  type BillingSu,
  billedUnits,
  type ContractId,
  contractId,
  type MintCu,
  type MintSu,
  type MintUnits,
  mintUnits,
  type NodeId,
  nodeId,
  TEST_PRICES,
  toTft,
  voteWeight,
  type WeightCu,
  type WeightUnits,
  weightUnits,
} from "../../src/protocol/index.ts";
import {
  type Blocks,
  type Bytes,
  blocks,
  bytes,
  type Cores,
  cores,
  type Fixed,
  type MilliUsd,
  milliUsd,
  type Permille,
  permille,
  type Seconds,
  seconds,
  type Tft,
  type TftCount,
  tft,
  tftCount,
  tokensToTft,
  type Usd,
  usd,
} from "../../src/units/index.ts";

/** Takes a value of one type only, and gives it back. */
const only =
  <T>() =>
  (value: T): T =>
    value;

const GIB = 2n ** 30n;
const node = { cru: cores(8n), mru: bytes(32n * GIB), sru: bytes(1000n * GIB), hru: bytes(0n) };
const billed: BilledUnits = billedUnits(node, TEST_PRICES);
const minted: MintUnits = mintUnits(node);
const weighed: WeightUnits = weightUnits(node);

describe("units of billing, of minting and of votes", () => {
  it("are three kinds of CU and of SU, of which none stands for another", () => {
    const billingCu = only<BillingCu>();
    const billingSu = only<BillingSu>();
    const mintCu = only<MintCu>();
    const mintSu = only<MintSu>();
    const weightCu = only<WeightCu>();
    // @ts-expect-error a billing CU is no minting CU
    mintCu(billed.cu);
    // @ts-expect-error a billing CU is no governance CU
    weightCu(billed.cu);
    // @ts-expect-error a minting CU is no billing CU
    billingCu(minted.cu);
    // @ts-expect-error a minting CU is no governance CU
    weightCu(minted.cu);
    // @ts-expect-error a governance CU is no billing CU
    billingCu(weighed.cu);
    // @ts-expect-error a governance CU is no minting CU
    mintCu(weighed.cu);
    // @ts-expect-error a minting SU is no minting CU
    mintCu(minted.su);
    // @ts-expect-error a billing SU is no billing CU
    billingCu(billed.su);
    // @ts-expect-error a billing CU is no billing SU
    billingSu(billed.cu);
    // @ts-expect-error a minting NU is no minting SU
    mintSu(minted.nu);
    // @ts-expect-error a bare count is no minting CU
    mintCu(1n);
    expect([billingCu(billed.cu), mintCu(minted.cu), weightCu(weighed.cu)]).toEqual([
      billed.cu,
      minted.cu,
      weighed.cu,
    ]);
  });

  it("weigh in no vote, and cost nothing, where they are the wrong ones", () => {
    // @ts-expect-error a vote does not weigh what the minting pays for
    voteWeight(minted);
    const bill = only<BilledUnits>();
    // @ts-expect-error a bill is not for what the minting pays for
    const wrong = () => bill(minted);
    expect(wrong).toBeTypeOf("function");
    expect(voteWeight(weighed)).toBe(2n * weighed.cu + weighed.su);
  });
});

describe("amounts and times", () => {
  it("are of one unit each", () => {
    const aTft = only<Tft>();
    const aUsd = only<Usd>();
    const aMilli = only<MilliUsd>();
    const aTime = only<Seconds>();
    const aHeight = only<Blocks>();
    const aCount = only<TftCount>();
    const aSize = only<Bytes>();
    const aCore = only<Cores>();
    const aShare = only<Permille>();
    const aFixed = only<Fixed>();
    // @ts-expect-error a USD amount is not a TFT amount
    aTft(usd(1n));
    // @ts-expect-error a bare count is not a TFT amount
    aTft(1n);
    // @ts-expect-error 1e-3 USD are not 1e-7 USD
    aUsd(milliUsd(1n));
    // @ts-expect-error 1e-7 USD are not 1e-3 USD
    aMilli(usd(1n));
    // @ts-expect-error blocks are not seconds
    aTime(blocks(1));
    // @ts-expect-error seconds are not blocks
    aHeight(seconds(1));
    // @ts-expect-error an exact amount is not a count of a table
    aCount(tft(1n));
    // @ts-expect-error a core is not a byte
    aSize(cores(1n));
    // @ts-expect-error a byte is not a core
    aCore(bytes(1n));
    // @ts-expect-error a second is not a thousandth
    aShare(seconds(1));
    // @ts-expect-error an amount is no fixed point number
    aFixed(tft(1n));
    // @ts-expect-error a price is 1e-3 USD, an amount 1e-7 USD
    const swapped = () => toTft(milliUsd(1n), usd(1n));
    expect(swapped).toBeTypeOf("function");
    expect([aTft(tft(1n)), aUsd(usd(1n)), aCount(tftCount(1)), aShare(permille(1))]).toEqual([
      1n,
      1n,
      1,
      1,
    ]);
  });

  it("and numbers of things are of one thing", () => {
    const aContract = only<ContractId>();
    const aNode = only<NodeId>();
    // @ts-expect-error a node's number is not a contract's
    aContract(nodeId(1));
    // @ts-expect-error a contract's number is not a node's
    aNode(contractId(1));
    expect([aContract(contractId(1)), aNode(nodeId(1))]).toEqual([1, 1]);
  });
});

describe("tokens as written", () => {
  it.each([
    [0, 0n],
    [0.5, 5_000_000n],
    [1.0000001, 10_000_001n],
    // 1e18 and one are past 2^53: whole tokens stay exact.
    [99_999_999_999, 999_999_999_990_000_000n],
    [700_000_000.5, 7_000_000_005_000_000n],
  ])("%d TFT are %d units", (tokens, units) => {
    expect(tokensToTft(tokens)).toBe(units);
  });
});
