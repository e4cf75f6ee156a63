import assert from "node:assert/strict";
import { explainGitError } from "../../../src/tools/mod.ts";

const known: readonly { stderr: string; code: string; names?: string }[] = [
  {
    stderr:
      "fatal: could not read Username for 'https://example.invalid': terminal prompts disabled",
    code: "GIT_AUTH_NEEDED",
    names: "https://example.invalid",
  },
  {
    stderr: "fatal: Authentication failed for 'https://example.invalid/x.git/'",
    code: "GIT_AUTH_NEEDED",
  },
  {
    stderr:
      "git@example.invalid: Permission denied (publickey).\nfatal: Could not read from remote repository.",
    code: "GIT_AUTH_NEEDED",
  },
  {
    stderr: "Host key verification failed.\nfatal: Could not read from remote repository.",
    code: "GIT_AUTH_NEEDED",
  },
  {
    stderr:
      "fatal: unable to access 'https://example.invalid/x.git/': The requested URL returned error: 403",
    code: "GIT_AUTH_NEEDED",
  },
  {
    stderr: "fatal: repository 'https://example.invalid/x.git/' not found",
    code: "GIT_REPOSITORY_NOT_FOUND",
    names: "https://example.invalid/x.git/",
  },
  {
    stderr:
      "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights",
    code: "GIT_REPOSITORY_NOT_FOUND",
  },
  {
    stderr:
      "fatal: '/x/y' does not appear to be a git repository\nfatal: Could not read from remote repository.",
    code: "GIT_REPOSITORY_NOT_FOUND",
    names: "/x/y",
  },
  {
    stderr: "fatal: sha1 file '/w/.git/index.lock' write error. Out of diskspace",
    code: "DISK_FULL",
  },
  {
    stderr: "error: unable to write file nodes.py: No space left on device",
    code: "DISK_FULL",
  },
  {
    stderr: "fatal: Unable to create '/w/.git/index.lock': Read-only file system",
    code: "FILE_UNWRITABLE",
    names: "/w/.git/index.lock",
  },
  {
    stderr: "error: unable to unlink old 'nodes.py': Permission denied",
    code: "FILE_UNWRITABLE",
    names: "nodes.py",
  },
  {
    stderr:
      "error: insufficient permission for adding an object to repository database .git/objects",
    code: "FILE_UNWRITABLE",
    names: ".git/objects",
  },
  { stderr: "fatal: couldn't find remote ref v9", code: "GIT_REF_NOT_FOUND", names: "v9" },
  {
    stderr:
      "warning: Could not find remote branch x to clone.\nfatal: Remote branch x not found in upstream origin",
    code: "GIT_REF_NOT_FOUND",
    names: "x",
  },
  {
    stderr: "error: pathspec 'nope' did not match any file(s) known to git",
    code: "GIT_REF_NOT_FOUND",
    names: "nope",
  },
  {
    stderr:
      "remote: fatal: unable to read 7898\nfatal: git upload-pack: aborting due to possible repository corruption on the remote side.\nfatal: early EOF",
    code: "GIT_REPOSITORY_DAMAGED",
  },
  {
    stderr:
      "fatal: loose object 7898 (stored in .git/objects/78/98) is corrupt\nfatal: The remote end hung up unexpectedly",
    code: "GIT_REPOSITORY_DAMAGED",
    names: ".git/objects/78/98",
  },
  {
    stderr: "error: object file .git/objects/78/98 is empty\nfatal: Not a valid object name 7898",
    code: "GIT_REPOSITORY_DAMAGED",
    names: ".git/objects/78/98",
  },
  {
    stderr: "fatal: remote error: upload-pack: not our ref 1111",
    code: "GIT_REF_NOT_FOUND",
    names: "1111",
  },
  {
    stderr:
      "fatal: unable to access 'https://example.invalid/x/': Could not resolve host: example.invalid",
    code: "GIT_NETWORK",
    names: "example.invalid",
  },
  {
    stderr: "ssh: Could not resolve hostname example.invalid: Name or service not known",
    code: "GIT_NETWORK",
    names: "example.invalid",
  },
  {
    stderr:
      "fatal: unable to access 'https://example.invalid/': Failed to connect to example.invalid port 443 after 5 ms: Couldn't connect to server",
    code: "GIT_NETWORK",
  },
  {
    stderr:
      "error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly\nfatal: early EOF\nfatal: fetch-pack: invalid index-pack output",
    code: "GIT_NETWORK",
  },
  {
    stderr:
      "fatal: detected dubious ownership in repository at '/srv/x'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /srv/x",
    code: "GIT_FOREIGN_OWNER",
    names: "/srv/x",
  },
  {
    stderr:
      "error: Your local changes to the following files would be overwritten by checkout:\n\tmain.py\n\tnodes.py\nPlease commit your changes or stash them before you switch branches.\nAborting",
    code: "GIT_LOCAL_CHANGES",
    names: "main.py, nodes.py",
  },
  {
    stderr:
      "error: The following untracked working tree files would be overwritten by checkout:\n\tx.py\nPlease move or remove them before you switch branches.",
    code: "GIT_LOCAL_CHANGES",
    names: "x.py",
  },
  {
    stderr:
      "fatal: Unable to create '/x/.git/index.lock': File exists.\n\nAnother git process seems to be running in this repository",
    code: "GIT_LOCKED",
    names: "/x/.git/index.lock",
  },
  {
    stderr: "Author identity unknown\n\n*** Please tell me who you are.\n\nRun\n",
    code: "GIT_NO_IDENTITY",
  },
  {
    stderr: "fatal: not a git repository (or any of the parent directories): .git",
    code: "GIT_NO_REPOSITORY",
  },
];

for (const { stderr, code, names } of known) {
  Deno.test(`explainGitError() reads "${stderr.split("\n")[0]}" as ${code}`, () => {
    const explained = explainGitError(stderr);
    assert.equal(explained?.kind.code, code);
    assert.match(explained.message, /^Cannot [^.]/);
    assert.ok(explained.message.includes(names ?? ""), explained.message);
    assert.ok(explained.hint.length > 10);
  });
}

Deno.test("explainGitError() does not pretend to know a text that it does not", () => {
  assert.equal(explainGitError("fatal: something quite new"), undefined);
});
