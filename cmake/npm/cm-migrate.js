#!/usr/bin/env node
// Runs the program of the package for this system, with the same arguments, streams, signals and end.
"use strict";
const { spawn } = require("child_process");

const name = `@cm-migrate/${process.platform}-${process.arch}`;
let program;
try {
    program = require.resolve(`${name}/bin/cm-migrate`);
} catch {
    console.error(
        `cm-migrate: the package ${name} is not installed.\n` +
            "There are packages for linux-x64. If npm was told to leave out optional dependencies, install it without that.",
    );
    process.exit(1);
}

const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// A terminal sends Ctrl-C to the program as well; it decides what becomes of it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
}
child.on("error", (error) => {
    console.error(`cm-migrate: ${program} cannot be run: ${error.message}`);
    process.exit(1);
});
child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
});
