/* `init FILE`: a small valid starter runbook and its settings. Nothing that is there is overwritten. */
import {existsSync, lstatSync, writeFileSync} from 'node:fs';
import {dirname, extname} from 'node:path';
import {besideRunbook} from '../../runbook/open.ts';
import type {Args} from '../args.ts';
import {say, tell} from '../io.ts';
import {toWrite} from '../to-write.ts';
import {UsageError} from '../usage-error.ts';

/* What `init` writes: a runbook small enough to read at once, whole enough to run, with every part that is read. */
const starterRunbook = `# Move SERVICE to its new home

Replace SERVICE, the commands and the times by your own; \`cutover-tui check\` shows what was read.

## Gates

Every gate passes before T0.

| Gate | Check | Command / Evidence | Pass condition | Owner |
|---|---|---|---|---|
| G1 | Tools are there | \`bash -c "command -v git && command -v bash"\` | Exit code 0 | \`<release-operator>\` |
| G2 | Nobody objects | none | No unresolved blocker | \`<release-manager>\` |

## Timeline

| Time | Owner | Required actions | Evidence |
|---|---|---|---|
| T-30 | \`<release-operator>\` | Run preflight (G1). | Log and exit code |
| T-10 | \`<release-manager>\` | Go/no-go decision; verify G1 and G2; freeze other changes. | Decision |
| T0 | \`<release-operator>\` | Move the service. | Ticket and time |
| T+10 | \`<release-operator>\` | Validate health endpoints, service status, and critical logs. | Checklist |
| T+30 | \`<release-manager>\` | Final decision: keep the release or roll back. | Closure note |

## Rollback triggers

Roll back immediately if:

1. Critical health endpoints are unavailable for more than 10 minutes.
2. The release manager confirms that user impact exceeds acceptable risk.

## Rollback path

1. Execute the script \`scripts/rollback.sh\`.

## Sign-off

- [ ] \`<release-operator>\`: Preflight output attached (G1).
- [ ] \`<release-manager>\`: Go/No-Go decision signed at T-10 and T+30.

## Evidence

\`\`\`text
Ticket:
Environment:
Operator:
Gate results:
T-30 evidence:
T-10 decision:
T0 execution reference:
T+10 verification:
T+30 closure decision:
Rollback trigger (if any):
\`\`\`
`;

const starterSettings = `# What prose cannot say. Every key but the first is optional; remove the # of what you need.
cutover: 1
environment: production
# id: service-2031-03-08
# ticket: CHG-1
# t0: 2031-03-08T22:00:00+01:00
# roles:
#   release-manager: [ana]
#   release-operator: [ben]
# gates:
#   G1: { timeout: 5m, maxAge: 2h }
# triggers:
#   "1": { threshold: 10m }
# secrets: [SERVICE_TOKEN]
# pass: [KUBECONFIG]
`;

/** Says what is there already; true where anything does. */
function isTaken(call: Args, files: readonly string[]): boolean {
	// A link that leads nowhere is there as well.
	const there = files.filter(path => lstatSync(path, {throwIfNoEntry: false}) !== undefined);
	if (there.length === 0) return false;
	const sentence = `Nothing is overwritten: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already. Name another file.`;
	tell(call.io, sentence);
	return true;
}

export const run = async (call: Args): Promise<number> => {
	const word = call.must(0);
	const file = toWrite(call.io, word);
	if (extname(file) !== '.md') throw new UsageError(`${word} is no Markdown file: name one that ends in .md.`);
	if (!existsSync(dirname(file))) throw new UsageError(`The folder ${dirname(file)} does not exist. Make it first.`);
	const settings = besideRunbook(file);
	if (isTaken(call, [file, settings])) return 1;
	writeFileSync(file, starterRunbook, {flag: 'wx', mode: 0o644});
	writeFileSync(settings, starterSettings, {flag: 'wx', mode: 0o644});
	say(call.io, file);
	say(call.io, settings);
	tell(call.io, `Next: edit both, then cutover-tui check ${word}`);
	return 0;
};
