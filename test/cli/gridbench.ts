/** Calls the command line in this very process, with its two streams caught. */
import { vi } from "vitest";
import { enter } from "../../src/cli/command-line.ts";

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What is written to a stream until it is closed, in place of the stream. */
function caught(stream: NodeJS.WriteStream): { readonly close: () => string } {
  let text = "";
  const spy = vi.spyOn(stream, "write").mockImplementation((part) => {
    text += String(part);
    return true;
  });
  return {
    close: () => {
      spy.mockRestore();
      return text;
    },
  };
}

/** Calls the command line in this process. */
export async function gridbench(words: readonly string[]): Promise<Answer> {
  const [out, err] = [caught(process.stdout), caught(process.stderr)];
  const code = await enter(words);
  return { code, out: out.close(), err: err.close() };
}
