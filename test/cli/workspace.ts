/*
A small workspace with a runbook in it, for walks by the command line: real scripts, real git, nothing mocked.
*/
import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

const runbook = `# Ledger move to the green cluster

What the night team does to move the ledger, and how they get back.

## 1) Gates before the move

Every gate is PASS before T0.

| Gate ID | Check | Command / Evidence | Pass condition | Owner |
|---|---|---|---|---|
| G1 | Tools and paths | \`bash ops/preflight.sh\` | Exit code 0 | \`<release-operator>\` |
| G2 | Build and tests | \`bash ops/verify.sh && bash ops/lint.sh\` | Exit code 0 | \`<qa-owner>\` |
| G3 | The rollback can be called | Workflow path \`.github/workflows/ledger-rollback.yml\` and script \`ops/rollback.sh\` confirmed present | Path and command readiness confirmed | \`<release-manager>\` |
| G4 | Handover to operations | \`docs/handover.md\` and \`docs/incidents.md\` reviewed | L1/L2/L3 owners acknowledged | \`<ops-lead>\` |
| G5 | Acceptance reports linked | \`docs/acceptance-a.md\`, \`docs/acceptance-b.md\` | No unresolved blocker of the acceptance | \`<project-owner>\` |

## 2) Timeline

| Time | Owner | Required actions | Evidence output |
|---|---|---|---|
| T-60 | \`<release-operator>\` | Run preflight and confirm that what the gates need is there. | Preflight log and exit code |
| T-30 | \`<qa-owner>\` | Run command gates (build and tests) and attach their output. | Terminal output |
| T-10 | \`<release-manager>\` + \`<ops-lead>\` | Hold the go/no-go meeting; verify G1-G5 PASS; freeze other changes. | Decision record |
| T0 | \`<release-manager>\` | Execute the approved move in the controlled channel (outside this document). | Change ticket and time |
| T+10 | \`<oncall-ops>\` | Validate health endpoints, service status, and critical logs; compare with the baseline. | Checklist results |
| T+30 | \`<release-manager>\` + \`<project-owner>\` | Final decision: keep the release or trigger rollback. Publish the update. | Closure note |

## 3) Rollback trigger and execution path

Trigger rollback immediately if any condition is met after T0:

1. Critical health endpoints remain unavailable for >10 minutes.
2. P1 impact confirmed by L1/L2 with no safe in-place recovery.
3. Release manager confirms user impact exceeds acceptable risk.

Preferred rollback path:

1. Open \`.github/workflows/ledger-rollback.yml\`.
2. Run \`workflow_dispatch\` with \`action=rollback\`, \`compose_file=ops/compose.yml\`, \`canary_remove_volumes=0\`.
3. If workflow path is unavailable, execute fallback script \`ops/rollback.sh\` per \`docs/incidents.md\`.

## 4) Sign-off checklist

- [ ] \`<release-operator>\`: Preflight output attached.
- [ ] \`<qa-owner>\`: \`bash ops/verify.sh && bash ops/lint.sh\` output attached.
- [ ] \`<ops-lead>\`: Handover manuals acknowledged (\`handover.md\`, \`incidents.md\`).
- [ ] \`<release-manager>\`: Go/No-Go decision signed at T-10 and T+30.
- [ ] \`<project-owner>\`: Closeout document approved (\`docs/closeout.md\`).

## 5) Evidence package template

\`\`\`text
Cutover ticket ID:
Environment:
Operator:
Gate results (G1-G5):
T-60 evidence:
T-30 evidence:
T-10 decision:
T0 execution reference:
T+10 verification:
T+30 closure decision:
Rollback trigger (if any):
\`\`\`
`;

const workflow = `name: ledger rollback
on:
  workflow_dispatch:
    inputs:
      action:
        type: choice
        options: [deploy, rollback]
      compose_file:
        type: string
      canary_remove_volumes:
        type: choice
        options: ['0', '1']
jobs:
  rollback:
    runs-on: ubuntu-latest
    steps:
      - run: bash ops/rollback.sh
`;

const files: Readonly<Record<string, string>> = {
	'runbook.md': runbook,
	'.github/workflows/ledger-rollback.yml': workflow,
	'ops/preflight.sh': 'for tool in bash git; do command -v "$tool"; done\necho "preflight is well"\n',
	'ops/verify.sh': 'echo "building"\ntest ! -e broken || { echo "a test failed"; exit 1; }\necho "all tests pass"\n',
	'ops/lint.sh': 'echo "lint is clean"\n',
	'ops/compose.yml': 'services: {}\n',
	'ops/rollback.sh':
		'#!/usr/bin/env bash\nset -euo pipefail\necho "rolling back: $ACTION $COMPOSE_FILE $CANARY_REMOVE_VOLUMES"\nprintf "%s %s %s" "$ACTION" "$COMPOSE_FILE" "$CANARY_REMOVE_VOLUMES" > rolled-back\n',
	'docs/handover.md': 'Who answers at night.\n',
	'docs/incidents.md': 'What to do when it burns.\n',
	'docs/acceptance-a.md': 'Accepted.\n',
	'docs/acceptance-b.md': 'Accepted.\n',
	'docs/closeout.md': 'Everything was handed over.\n',
};

export type Workspace = {
	readonly folder: string;
	readonly state: string;
	readonly runbook: string;
	write(path: string, text: string): void;
	remove(path: string): void;
	commit(message: string): void;
	git(...args: readonly string[]): string;
	dispose(): void;
};

/** Below it: `work/` with the runbook and what it names, committed; `state/` for cutovers. */
export function workspace(): Workspace {
	const root = mkdtempSync(join(tmpdir(), 'ledger-'));
	const folder = join(root, 'work');
	const write = (path: string, text: string): void => {
		mkdirSync(dirname(join(folder, path)), {recursive: true});
		writeFileSync(join(folder, path), text);
	};
	const git = (...args: readonly string[]): string =>
		execFileSync(
			'git',
			['-c', 'user.name=ana', '-c', 'user.email=ana@example.org', '-c', 'commit.gpgsign=false', ...args],
			{cwd: folder, encoding: 'utf8'},
		);
	const commit = (message: string): void => {
		git('add', '-A');
		git('commit', '-qm', message, '--allow-empty');
	};
	for (const [path, text] of Object.entries(files)) write(path, text);
	chmodSync(join(folder, 'ops/rollback.sh'), 0o755);
	git('init', '-q');
	commit('the ledger as it is');
	return {
		folder,
		state: join(root, 'state/cutover-tui'),
		runbook: join(folder, 'runbook.md'),
		write,
		remove: path => rmSync(join(folder, path)),
		commit,
		git,
		dispose: () => rmSync(root, {recursive: true, force: true}),
	};
}
