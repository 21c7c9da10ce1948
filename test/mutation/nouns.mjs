/**
 * Which tests concern which noun of the protocol: the table that `npm run test:mutation` reads.
 *
 * A noun stands for its files in `src/protocol`; beside them are the files in `test` that ought to
 * notice a change of the rule: tables, and the chain's vectors and histories where those need them.
 * The quickest test of all is asked first.
 */

const protocol = (name) => `src/protocol/${name}.ts`;
const test = (name) => `test/${name.includes("/") ? name : `protocol/${name}`}.test.ts`;

/** One noun, its file (that of its name, unless told), and its tests, separated by spaces. */
const noun = (name, tests, files = name) => ({
  name,
  files: files.split(" ").map(protocol),
  tests: tests.split(" ").map(test),
});

/** Small nouns first; the order in which a whole run takes them. */
export const NOUNS = [
  noun("period", "period published uptime minting-history"),
  noun("share", "protocol/economics/share protocol/economics/economics", "economics/share"),
  noun("solution-provider", "solution-provider"),
  noun("capacity", "published mint farming-policy minting-history"),
  noun("price", "price"),
  noun("cost", "cost"),
  noun("split", "split"),
  noun("discount", "discount minting-history"),
  noun("uptime-rules", "uptime published uptime-sentences"),
  noun("odd-due", "odd-due"),
  noun("receipt", "receipt minting-history"),
  noun("due", "billing-due billing-reserve billing-quirks billing-calls behaviours", "billing/due"),
  noun("payout", "billing-payout billing-reserve billing-quirks behaviours", "billing/payout"),
  noun("mint", "mint published minting-history minting-node", "mint minting-policy"),
  noun("sweep", "sweep interval"),
  noun("farming-policy", "farming-policy minting-history", "farming-policy gold-policy"),
  noun("uptime", "uptime uptime-edges uptime-sentences published"),
  noun("service-contract", "service-contract"),
  noun("meter", "meter meter-rent", "meter meter-rent meter-table"),
  noun(
    "legacy",
    "billing-lock billing-legacy billing-quirks billing-switch",
    "billing/legacy billing/cultivation",
  ),
  noun(
    "reserve",
    "billing-steps billing-rent billing-reserve billing-quirks billing-switch",
    "billing/reserve",
  ),
  noun("price-feed", "price-feed"),
  noun("ip4", "address"),
  noun("cost-quick", "cost-bounds cost-quick"),
  noun(
    "bridge",
    "bridge bridge-told",
    "bridge/config bridge/mint bridge/refund bridge/retry bridge/sign bridge/state bridge/withdraw",
  ),
  noun("dao", "dao chain-quirks chain-cases"),
  noun(
    "council",
    "council council-told chain-quirks chain-cases",
    "council/membership council/motion council/state",
  ),
  noun("farm", "farm farm-told chain-quirks chain-cases", "farm/decree farm/farmer farm/state"),
  noun(
    "node",
    "node node-told chain-quirks chain-cases",
    "node/certify node/delete node/register node/report node/state",
  ),
  noun("tariff", "tariff-table tariff"),
  noun("uptime-power", "uptime-steps uptime-power"),
  noun("uptime-run", "uptime-table uptime-ledger uptime-run", "uptime-run uptime-ledger"),
  noun("interval", "advance interval", "interval cycle"),
  noun("invariants", "invariants invariants-chain"),
  noun("interval-legacy", "advance-legacy"),
  noun(
    "meter-legacy",
    "meter-legacy meter-legacy-end advance-legacy",
    "meter-legacy meter-legacy-table",
  ),
  noun("sweep-legacy", "sweep-legacy advance-legacy"),
  noun("tariff-legacy", "tariff-legacy meter-legacy-end"),
  noun("meter-upgrade", "meter-upgrade waived", "meter-upgrade waived"),
  noun("availability", "availability published"),
  noun("congestion", "congestion", "billing/congestion billing/block-weight"),
  noun("announced", "pallet-told pallet-reserve contract-call", "billing/announced"),
  noun("policy", "billing-words", "policy billing/policy billing/quirk"),
  noun("blake2b", "receipt"),
  noun("payout-run", "minting-history"),
  noun("pricing", "pricing cost traffic", "pricing traffic"),
  noun("resource-class", "resource-class"),
  noun("chain", "chain in-force proposal dispatch chain-cases", "call chain runtime"),
  noun(
    "dispatch",
    "dispatch-told money council-told node-told policy-book dao",
    "dispatch/governance dispatch/tfgrid",
  ),
  noun("cost-earlier", "minting-history tariff-table interval"),
  noun("twin", "twin money chain-cases address entity dispatch", "twin text"),
  noun("entity", "entity"),
  noun("ledger", "ledger billing-ledger chain-cases dispatch"),
  noun(
    "money",
    "money chain-quirks council chain-cases ledger dispatch in-force",
    "burning kv zos dispatch/money dispatch/batch",
  ),
  noun("address", "address node", "ip6 interface location public-config stellar-key"),
  noun("farming-book", "policy-book chain-quirks chain-cases farming-policy"),
  noun("pricing-book", "policy-book chain-cases in-force"),
  noun("power", "power chain-quirks chain-cases node-told billing-calls"),
  noun("weight", "entry node chain-cases council validator chain-quirks node-told", "weight entry"),
  noun("validator", "validator chain-cases chain-quirks dispatch"),
  noun("voting", "voting dao"),
  noun("proposal", "proposal turn in-force", "proposal in-force policy-chain"),
  noun(
    "origin",
    "turn council chain-quirks dispatch policy-book in-force council-told dispatch-told",
    "origin step dispatch/adapter dispatch/dispatch",
  ),
  noun(
    "contract",
    "contract contract-edges rent-contract contract-call billing-calls billing-steps quirks",
    "contract/change contract/create contract/report contract/state",
  ),
  noun("migrate", "migrate contract-call chain-quirks", "contract/migrate contract/opt-out"),
  noun(
    "contract-call",
    "contract-told contract-call service-contract billing-calls chain-cases solution-provider",
    "dispatch/contract dispatch/deployment dispatch/service ending",
  ),
  noun(
    "loop",
    "contract-edges billing-bucket billing-steps billing-calls in-force billing-switch quirks",
    "billing/bucket billing/loop",
  ),
  noun("upgrade", "billing-upgrade billing-switch billing-lock", "billing/upgrade"),
  noun(
    "minting-node",
    "minting-node utilization minting-history audit/vectors",
    "minting-node utilization calculator",
  ),
  noun(
    "economics",
    "protocol/economics/economics protocol/economics/page",
    "economics/economics economics/set",
  ),
  noun("conversion", "protocol/economics/conversion", "economics/conversion"),
  noun("exit-auction", "protocol/economics/exit-auction", "economics/exit-auction"),
  noun("farming-pool", "protocol/economics/farming-pool", "economics/farming-pool"),
  noun("inca", "protocol/economics/inca", "economics/inca economics/registrar"),
  noun("liquidity-pool", "protocol/economics/liquidity-pool", "economics/liquidity-pool"),
  noun("slice", "protocol/economics/slice", "economics/slice"),
  noun("staking", "protocol/economics/staking", "economics/staking"),
  noun(
    "supply",
    "protocol/economics/supply protocol/economics/token",
    "economics/supply economics/token",
  ),
  noun("vesting", "protocol/economics/vesting", "economics/vesting"),
  noun(
    "v3",
    "protocol/economics/economics protocol/economics/page",
    "economics/v3 economics/v3-proposed economics/v4",
  ),
];

/** Files in which nothing can be changed: types, lists of names, and declarations of parameters. */
export const DECLARATIONS = [
  ...["billing/index", "bridge/index", "contract/index", "council/index", "dispatch/index"],
  ...["economics/confidence", "economics/index", "farm/index", "fee", "index", "node/index"],
].map(protocol);
