/** What can be due at the chain: the tag of an event, and what its entity is. */
export const Due = {
  /** The chain looks at an account: user. */
  account: 1,
  /** A user looks at the wallet: user. */
  wallet: 2,
  /** A deployment comes to its planned end: deployment. */
  end: 3,
  /** A candidate for a new deployment: user. */
  arrival: 4,
  /** A candidate of a demand shock: entry of the timeline. */
  surge: 5,
  /** A tenant's patience with a node is over: contract. */
  move: 6,
  /** An entry of the timeline changes the policy: entry. */
  policy: 7,
  /** A minting period ends: its ordinal in the run. */
  periodEnd: 8,
  /** A minting period is paid: its ordinal in the run. */
  payday: 9,
  /** A node joins, or leaves for good: node. */
  join: 10,
  leave: 11,
  /** A node whose tenants have traffic starts or stops running: node. */
  run: 12,
  /** A candidate for a new deployment beyond the pace of the start: user. */
  moreArrival: 13,
  /** A candidate for a new deployment that only lower prices bring: user. */
  answer: 14,
  /** The council proposes: entry of the timeline. */
  propose: 15,
  /** Farms vote on a proposal, or the council vetoes or closes it: its row. */
  ballot: 16,
  /** The last block before the market moves: 0. */
  price: 17,
  /** The last block before a round of trades makes the price: 0. */
  trade: 18,
} as const;

/**
 * Order among events of one second: what happens to nodes comes first, then the bills of a block,
 * then the calls in it.
 */
export const Priority = {
  node: 0,
  /** A node that leaves has stopped in the same second. */
  leave: 1,
  bill: 2,
  period: 3,
  policy: 4,
  wallet: 5,
  end: 6,
  move: 7,
  arrival: 8,
  /** After all that belongs to the block. */
  last: 9,
} as const;
