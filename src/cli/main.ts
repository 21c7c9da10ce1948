#!/usr/bin/env node
/** The command line's entry: hands the arguments over and takes the exit code back. */
import { enter } from "./command-line.ts";

process.exitCode = await enter(process.argv.slice(2));
