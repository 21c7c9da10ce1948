/**
 * Cap: what is minted where the tokens in existence may not be more than so many.
 *
 * Source: none that runs. Forum 4285, the proposal of March 2024, says that minting ends at a
 * thousand million tokens; no program does it, and nothing says who is paid in the last period.
 */

/**
 * What a node is paid of what it is due, where `room` is left for `all` that is due, in 1e-7 TFT:
 * everybody the same part, cut to whole units.
 */
export const paidUnderCap = (due: number, all: bigint, room: bigint): number =>
  room >= all ? due : room <= 0n ? 0 : Number((BigInt(due) * room) / all);
