/**
 * Another implementation, asked over JSON lines: one question a line on its standard input, one
 * answer a line from its standard output, in turn. What it writes to standard error is passed on.
 *
 * A process that ends, says nothing for too long or writes what is no answer has failed; it is
 * ended, and the next question starts a new one.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { parseExactly } from "./json-text.ts";
import { described, type Fields, isFields, type Json } from "./spot.ts";

/** What came of a question. */
export type Reply =
  | { readonly kind: "result"; readonly result: Json }
  | { readonly kind: "failed"; readonly why: string };

/** Another implementation that answers one question at a time. */
export interface Peer {
  /** Asks; the question carries the id that the answer has to name. */
  readonly ask: (id: string, question: Fields) => Promise<Reply>;
  /** Ends its process. */
  readonly close: () => void;
}

/** The longest line that is listened to, so that endless noise does not fill the memory. */
const LINE_MAX = 1 << 26;

/** A peer by its shell command, with the milliseconds that an answer may take. */
export function openPeer(command: string, patience: number): Peer {
  let current: Conversation | null = null;
  const close = (): void => {
    current?.end();
    current = null;
  };
  return {
    close,
    ask: async (id, question) => {
      current ??= converse(command);
      const heard = await current.exchange(`${JSON.stringify(question)}\n`, patience);
      const reply = heard.kind === "line" ? replyIn(heard.line, id) : heard;
      if (reply.kind === "failed") close();
      return reply;
    },
  };
}

/** Reads a line as the answer to a question. */
function replyIn(line: string, id: string): Reply {
  let value: Json;
  try {
    value = parseExactly(line);
  } catch {
    return { kind: "failed", why: `it answered what is no JSON: ${described(line)}` };
  }
  if (!isFields(value) || !Object.hasOwn(value, "id") || !Object.hasOwn(value, "result")) {
    return { kind: "failed", why: `it answered without id and result: ${described(line)}` };
  }
  return String(value["id"]) === id
    ? { kind: "result", result: value["result"] }
    : { kind: "failed", why: `it answered for ${described(value["id"])} instead` };
}

type Heard =
  | { readonly kind: "line"; readonly line: string }
  | { readonly kind: "failed"; readonly why: string };

/** One process, from its start to its end. */
interface Conversation {
  readonly exchange: (line: string, patience: number) => Promise<Heard>;
  readonly end: () => void;
}

function converse(command: string): Conversation {
  // A group of its own, so that what the shell started ends with it.
  const grouped = process.platform !== "win32";
  const child = spawn(command, {
    shell: true,
    detached: grouped,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const end = (): void => endProcess(child, grouped);
  process.once("exit", end);
  let unread = "";
  let over: string | null = null;
  let hear: (heard: Heard) => void = () => undefined;
  const listen = (): void => {
    const end = unread.indexOf("\n");
    if (end >= 0) {
      const line = unread.slice(0, end);
      unread = unread.slice(end + 1);
      hear({ kind: "line", line });
    } else if (unread.length > LINE_MAX) hear({ kind: "failed", why: "its line has no end" });
    else if (over !== null) hear({ kind: "failed", why: over });
  };
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    unread += part;
    listen();
  });
  const finish = (why: string): void => {
    over ??= why;
    listen();
  };
  child.on("error", (error) => finish(`it could not be started: ${error.message}`));
  child.on("close", (code, signal) => finish(`it ended with ${signal ?? `code ${code}`}`));
  // A process that has closed its input tells why when it ends.
  child.stdin.on("error", () => undefined);
  return {
    end: () => {
      process.off("exit", end);
      end();
    },
    exchange: (line, patience) =>
      new Promise((resolve) => {
        const why = `it said nothing for ${patience / 1000} s`;
        const timer = setTimeout(() => hear({ kind: "failed", why }), patience);
        hear = (heard) => {
          hear = () => undefined;
          clearTimeout(timer);
          resolve(heard);
        };
        if (over === null) child.stdin.write(line);
        listen();
      }),
  };
}

/** Ends a process and what it started. */
function endProcess(child: ChildProcess, grouped: boolean): void {
  child.stdin?.destroy();
  child.stdout?.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (grouped) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}
