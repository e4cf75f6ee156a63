"""Runs a program on a pseudo-terminal: reads the plan as JSON from stdin, writes the result as JSON to stdout."""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

# Deno 2.6, which runs the binary under test, loses keys pressed at once when one question follows another.
SECONDS_UNTIL_PRESSED_AGAIN = 5

plan = json.load(sys.stdin)
pid, master = pty.fork()
if pid == 0:
    if plan["size"] is not None:
        rows, columns = plan["size"]
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.chdir(plan["cwd"])
    os.execvpe(plan["command"][0], plan["command"], plan["env"])
output = b""
seen = 0
steps = list(plan["steps"])
deadline = time.monotonic() + plan["timeout"]
timed_out = False
unanswered = None
while True:
    if time.monotonic() > deadline:
        timed_out = True
        os.kill(pid, signal.SIGKILL)
        break
    if select.select([master], [], [], 0.1)[0]:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
        unanswered = None
        if not steps or "\x03" not in steps[0]["send"]:
            continue
    # Keys are pressed when the screen stands still, as people do; Ctrl-C at once.
    if steps and steps[0]["expect"].encode() in output[seen:]:
        step = steps.pop(0)
        seen = output.index(step["expect"].encode(), seen) + len(step["expect"].encode())
        os.write(master, step["send"].encode())
        unanswered = (time.monotonic(), step["send"])
    elif unanswered and time.monotonic() > unanswered[0] + SECONDS_UNTIL_PRESSED_AGAIN:
        os.write(master, unanswered[1].encode())
        unanswered = None
_, status = os.waitpid(pid, 0)
json.dump(
    {
        "code": os.waitstatus_to_exitcode(status),
        "output": output.decode("utf-8", "replace"),
        "timedOut": timed_out,
        "stepsLeft": len(steps),
    },
    sys.stdout,
)
