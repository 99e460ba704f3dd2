/*
A runbook of another team, in the shape that the reader knows best, and ways to read and change it.
*/
import assert from 'node:assert/strict';
import type {Problem} from '../../source/cutover/model/problem.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {type ReadResult, readRunbook} from '../../source/runbook/read.ts';

export const sample = `# Orders move to cluster B

The order service leaves cluster A. Nothing else is touched.

## Go/No-Go gates

Every gate passes before T0.

| Gate ID | Check | Command / Evidence | Pass condition | Owner |
|---|---|---|---|---|
| G1 | Toolbox preflight | \`bash ops/preflight.sh --strict\` | Exit code 0 | \`<operator>\` |
| G2 | Command gates | \`npm run build && npm test\` | Exit code 0 | \`<qa-lead>\` |
| G3 | Rollback is there | Workflow \`.github/workflows/orders-back.yml\` and script \`ops/orders-back.sh\` confirmed present | Files are ready | \`<release-manager>\` |
| G4 | Handover read | \`docs/handover.md\` and \`docs/incidents.md\` reviewed | L1/L2/L3 owners acknowledged | \`<ops-lead>\` |
| G5 | Earlier findings closed | \`docs/findings.md\` | No open blocker | \`<product-owner>\` |

## Timeline

| Time | Owner | Required actions | Evidence output |
|---|---|---|---|
| T-60 | \`<operator>\` | Run preflight and look that every file is in its place. | Preflight log |
| T-30 | \`<qa-lead>\` | Run command gates (\`build/test\`) and attach their output. | Terminal output |
| T-10 | \`<release-manager>\` + \`<ops-lead>\` | Go/no-go call; verify G1-G5 PASS; freeze other changes. | Decision record |
| T0 | \`<release-manager>\` | Switch the router to cluster B. | Ticket and time |
| T+10 | \`<oncall>\` | Validate health endpoints, queue depth, and error logs; compare with the baseline from before. | Checklist |
| T+30 | \`<release-manager>\` + \`<product-owner>\` | Decide: keep the release or roll back. Tell the shops. | Closure note |

## Rollback trigger and execution path

Roll back immediately if one of these holds after T0:

1. The order endpoints stay unreachable for more than 8 minutes.
2. P1 impact confirmed by L1/L2 with no safe repair in place.
3. Release manager confirms that customers lose orders.

Preferred path:

1. Open \`.github/workflows/orders-back.yml\`.
2. Run it with \`action=back\`, \`target=cluster-a\`, \`keep_queue=1\`.
3. If the workflow is unavailable, run the fallback script \`ops/orders-back.sh\` per \`docs/incidents.md\`.

## Sign-off checklist

- [ ] \`<operator>\`: Preflight output attached.
- [ ] \`<qa-lead>\`: \`npm test\` output attached.
- [ ] \`<ops-lead>\`: Handover papers acknowledged (\`handover.md\`, \`incidents.md\`).
- [ ] \`<release-manager>\`: Go/no-go decision signed at T-10 and T+30.
- [ ] \`<product-owner>\`: Closeout approved (\`docs/closeout.md\`).

## Evidence package

\`\`\`text
Ticket:
Environment:
Operator:
Gate results (G1-G5):
T-60 evidence:
T-10 decision:
Rollback trigger (if any):
\`\`\`
`;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The sample with one text in the place of another, which must be there. */
export function changed(from: string, to: string, text = sample): string {
	assert.ok(text.includes(from), `the sample holds ${JSON.stringify(from)}`);
	return text.replace(from, () => to);
}

type Options = {
	readonly settings?: string;
	readonly missing?: readonly string[];
	readonly folders?: readonly string[];
	/** Environment variables that are set; all are, unless given. */
	readonly set?: readonly string[];
};

/** Reads a text as `/srv/orders.md`; every path of the workspace exists but for `missing`. */
export const read = (
	text: string | Uint8Array,
	{settings, missing = [], folders = [], set}: Options = {},
): ReadResult =>
	readRunbook({
		path: '/srv/orders.md',
		bytes: typeof text === 'string' ? bytes(text) : text,
		settings: settings === undefined ? null : {path: '/srv/orders.cutover.yaml', bytes: bytes(settings)},
		workspace: {
			has: path => (missing.includes(path) ? null : folders.includes(path) ? 'folder' : 'file'),
			isSet: variable => set === undefined || set.includes(variable),
		},
	});

export const codes = (problems: readonly Problem[]): readonly string[] => problems.map(({code}) => code);

/** The runbook of a text that has no error. */
export function runbookOf(text: string, options?: Options): Runbook {
	const {runbook, problems} = read(text, options);
	assert.deepEqual(
		problems.filter(({severity}) => severity === 'error'),
		[],
	);
	assert.ok(runbook);
	return runbook;
}

/** Line and column (from 1) of a text in another. */
export function placeOf(sought: string, text: string): {readonly line: number; readonly column: number} {
	const at = text.indexOf(sought);
	assert.ok(at >= 0, `${JSON.stringify(sought)} stands in the text`);
	const before = text.slice(0, at).split('\n');
	return {line: before.length, column: (before.at(-1) ?? '').length + 1};
}
