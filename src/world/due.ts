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
  /** A candidate for a new deployment beyond the pace of the start: user. */
  moreArrival: 10,
} as const;

/** Order among events of one second: bills of a block come before the calls in it. */
export const Priority = {
  bill: 0,
  period: 1,
  policy: 2,
  wallet: 3,
  end: 4,
  move: 5,
  arrival: 6,
} as const;
