/** Files of the night that can be read, as the shell gives them: in the approved version, and as they are in the workspace. */
import type {Document} from '../../source/cutover/model/document.ts';

const digest = 'sha256:7c1f0e5b2a9d4c386e17f0b5a4d3c2918e7f6a5b4c3d2e1f0918273645546372';

const document = (path: string, text: string, rest: Partial<Document> = {}): Document => ({
	path,
	lines: text.split('\n'),
	cites: {},
	version: 'approved',
	digest,
	differs: false,
	isCut: false,
	...rest,
});

const switchText = `# Orders moves to its new release

What the night team does to move the orders, and how they go back. Read [the handbook](operating.md) before; whoever is on call has \`docs/incidents.md\` open from T-10 on, because nobody finds it at night.

## 1) Gates

Every gate is PASS before T0.

| Gate | Check | Command / Evidence | Pass condition | Owner |
|---|---|---|---|---|

| G1 | Tools and paths in place | \`bash ops/before-switch.sh\` | Exit code 0 | \`release-operator\` |
| G2 | Build and tests | \`make build && make test\` | Exit code 0 | \`qa-owner\` |
| G3 | Rollback can be called | \`.github/workflows/rollback.yml\` and \`ops/rollback.sh\` | both are there | \`release-manager\` |
| G4 | Operations handed over | \`docs/operating.md\` and \`docs/incidents.md\` | L1, L2 and L3 have read both | \`ops-lead\` |

## 2) Timeline

| Time | Owner | Action |
|---|---|---|
| T-60 | release-operator | Look over the ground |
| T-30 | qa-owner | Build and test |
| T-10 | release-manager, ops-lead | Go or no-go, freeze |
| T0 | release-manager | Switch, outside the tool |
| T+10 | oncall-ops | Look at health and logs |
| T+30 | release-manager, project-owner | Keep or roll back, tell everyone |

\`\`\`bash
make build && make test
\`\`\``;

export const documents: Readonly<Record<string, Document>> = {
	'docs/switch.md': document('docs/switch.md', switchText, {
		cites: {
			2: ['docs/operating.md', 'docs/incidents.md'],
			11: ['ops/before-switch.sh'],
			13: ['.github/workflows/rollback.yml', 'ops/rollback.sh'],
			14: ['docs/operating.md', 'docs/incidents.md'],
		},
	}),
	'docs/operating.md': document('docs/operating.md', '# Operating\n\nWho answers at night.', {version: 'workspace'}),
	'ops/before-switch.sh': document('ops/before-switch.sh', '#!/usr/bin/env bash\nset -e\nsource ops/lib.sh\n', {
		differs: true,
	}),
};
