/** New steps of money: the bridge with its retries, the price, burning. */
import { type AccountId, usableLegacy } from "../protocol/index.ts";
import type { Draws } from "./draw.ts";
import {
  type Act,
  by,
  callStep,
  mostlyOf,
  queryStep,
  ruler,
  type Scene,
} from "./new-chain-step.ts";
import { drawStellarKey } from "./new-chain-text.ts";
import { type Fields, plain } from "./spot.ts";

const ADDRESS = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";
const VALIDATORS = ["va", "vb", "vc", "vd"] as const;
const HOLDERS = ["alice", "bob", "new"] as const;

/** Some validators of the bridge, fees and balances to begin with. */
export const bridged = (draws: Draws): readonly Fields[] => [
  ...VALIDATORS.slice(0, draws.count(1, 4)).map((target) =>
    callStep("bridge.add_bridge_validator", "root", { target }),
  ),
  ...(draws.chance(1, 2) ? [callStep("bridge.set_fee_account", "root", { target: "fees" })] : []),
  { set_balance: { alice: 1_000_000_000_000, bob: plain(draws.near([500n, 10_000_501n])) } },
];

const validator = (draws: Draws, { state }: Scene): string => {
  const { validators } = state.bridge;
  const known = validators.length > 0 && !draws.chance(1, 8);
  return by(known ? draws.pick(validators) : draws.pick([...VALIDATORS, "zoe"]));
};

/** The block in which what was made now is tried again, or one off it, and the end of it. */
const retry: Act = (draws, { block }) => [
  { run_to_block: block + draws.pick([1, 2, 10, 19, 20, 21]) },
  queryStep("burns", 1),
  queryStep("refunds", "r1"),
];

const mint: Act = (draws, scene) => {
  const { depositFee, mints } = scene.state.bridge;
  const transaction = draws.pick(["t1", "t2", "t3", "refund-1"]);
  const before = mints.open.get(transaction);
  const amount = draws.near([depositFee, depositFee + 500n, 1_000_000_000n]);
  return [
    callStep("bridge.propose_or_vote_mint_transaction", validator(draws, scene), {
      transaction,
      target: draws.pick(HOLDERS),
      amount: before === undefined || draws.chance(1, 8) ? amount : before.amount,
    }),
    queryStep(draws.pick(["mints", "mints_done"]), transaction),
    queryStep(draws.pick(["issuance", "quorum"])),
  ];
};

/** Amounts at the fee and at what an account can spend. */
function drawAmount(draws: Draws, { state }: Scene, account: AccountId): bigint {
  const usable = usableLegacy(state.ledger, account);
  const deposit = state.ledger.existentialDeposit;
  const { withdrawFee } = state.bridge;
  return draws.near([withdrawFee, withdrawFee + 1n, usable, usable - deposit, 20_000_000n]);
}

const swap: Act = (draws, scene) => {
  const account = draws.pick(["alice", ...HOLDERS]);
  return [
    callStep("bridge.swap_to_stellar", by(account), {
      target_stellar_address: draws.chance(1, 10) ? drawStellarKey(draws) : ADDRESS,
      amount: drawAmount(draws, scene, account),
    }),
    queryStep("burns", scene.state.bridge.withdrawalsMade + 1),
    queryStep(draws.pick(["free", "usable"]), account),
  ];
};

const signed = (draws: Draws) => ({
  signature: `s${draws.count(1, 6)}`,
  stellar_pub_key: `k${draws.count(1, 6)}`,
  sequence_number: draws.count(1, 9),
});

const burn: Act = (draws, scene) => {
  const { open } = scene.state.bridge.withdrawals;
  if (open.size === 0 && !draws.chance(1, 8)) return swap(draws, scene);
  const id = mostlyOf(draws, open.keys());
  const amount = open.get(id)?.amount ?? 1n;
  const sign = (): Fields =>
    callStep("bridge.propose_burn_transaction_or_add_sig", validator(draws, scene), {
      ...{ transaction_id: id, target: ADDRESS },
      amount: draws.chance(1, 12) ? amount + 1n : amount,
      ...signed(draws),
    });
  const executed = callStep("bridge.set_burn_transaction_executed", validator(draws, scene), {
    transaction_id: id,
  });
  return draws.chance(3, 4)
    ? [sign(), sign(), queryStep("burns", id)]
    : [executed, queryStep("burns_done", id)];
};

const refund: Act = (draws, scene) => {
  const tx_hash = draws.pick(["r1", "r2"]);
  const amount = scene.state.bridge.refunds.open.get(tx_hash)?.amount ?? 7n;
  const sign = callStep("bridge.create_refund_transaction_or_add_sig", validator(draws, scene), {
    ...{ tx_hash, target: ADDRESS, amount, ...signed(draws) },
  });
  const executed = callStep("bridge.set_refund_transaction_executed", validator(draws, scene), {
    tx_hash,
  });
  return draws.chance(3, 4)
    ? [sign, queryStep("refunds", tx_hash)]
    : [executed, queryStep("refunds_done", tx_hash)];
};

const bridgeSetting: Act = (draws) => {
  const target = draws.pick([...VALIDATORS, "fees"]);
  const amount = draws.pick([0, 1, 10_000_000]);
  const set = draws.pick(["set_withdraw_fee", "set_deposit_fee"]);
  const change = draws.pick(["add_bridge_validator", "remove_bridge_validator", "set_fee_account"]);
  return draws.chance(1, 2)
    ? [callStep(`bridge.${set}`, ruler(draws), { amount })]
    : [callStep(`bridge.${change}`, ruler(draws), { target }), queryStep("quorum")];
};

const lock: Act = (draws) => [
  { set_lock: [draws.pick(HOLDERS), draws.pick(["staking", "contract"]), draws.count(0, 20_000)] },
];

const burning: Act = (draws, scene) => {
  const account = draws.pick(["alice", "bob", "new"]);
  const free = scene.state.ledger.accounts.get(account)?.free ?? 0n;
  const amount = draws.near([free, 1n, 1_000n, drawAmount(draws, scene, account)]);
  return [
    callStep("burning.burn_tft", by(account), { amount, message: "burnt" }),
    ...[queryStep("free", account), queryStep("issuance")],
  ];
};

/** What validators and holders do at the bridge. */
export const bridgeActs: readonly Act[] = [
  ...[mint, mint, mint, swap, swap, burn, burn, burn, refund, refund, retry, bridgeSetting, lock],
];

/** What burns tokens. */
export const burningActs: readonly Act[] = [burning, burning, lock];

const told: Act = (draws, { state, block }) => {
  const known = state.session.current;
  const account = known.length === 0 || draws.chance(1, 8) ? "zoe" : draws.pick(known);
  const { floor, cap } = state.price.bounds;
  return [
    callStep("price.set_prices", by(account), {
      ...{ price: draws.near([floor, cap, 50n, 4_294_967_294n]), block_number: block },
    }),
    queryStep("price"),
  ];
};

const bound: Act = (draws, { state }) => {
  const { floor, cap } = state.price.bounds;
  const call = draws.pick(["price.set_min_tft_price", "price.set_max_tft_price"]);
  return [
    callStep(call, ruler(draws), { price: draws.near([floor, cap]) }),
    queryStep("price"),
    queryStep("event_at", -1),
  ];
};

/** What sets the price and its bounds. */
export const priceActs: readonly Act[] = [told, told, told, bound];
