export { type BlockTurn, callNames, dispatch, turnBlock } from "./dispatch.ts";
