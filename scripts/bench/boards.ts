/** The cutovers that the screen is measured with: that of a workspace, and one of as many rows as a runbook may have. */
import {readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {workspace} from '../../test/cli/workspace.ts';
import {mustRun} from '../../test/harness/program.ts';
import {openProgram, openTerminal, type Terminal} from '../../test/harness/terminal.ts';

export const size = {cols: 120, rows: 40};

export type Board = {
	/** Opens it; `env` on top of its own, `by`: with this instead of the program. The briefing, which comes first after a while away, is left out. */
	open(env?: Record<string, string>, by?: string): Terminal;
	cli(...args: readonly string[]): Promise<void>;
	/** Where it was begun, and with what environment. */
	readonly folder: string;
	readonly env: Readonly<Record<string, string>>;
};

/** What ends a board. */
export const abandoning = ['abandon', '--reason', 'measured', '--confirm', 'ABANDON', '--as', 'bench'];

/** A timeline of 500 rows, T0 among them. */
export const manyRows = (): string => {
	const time = (row: number): string => (row === 300 ? 'T0' : row < 300 ? `T-${300 - row}` : `T+${row - 300}`);
	const rows = Array.from({length: 500}, (_, row) => `| ${time(row)} | Move service ${row} | team-${row % 7} |`);
	return `# Move of 500 services\n\n## Timeline\n\n| Time | Action | Owner |\n|---|---|---|\n${rows.join('\n')}\n`;
};

export async function begun(place: string, folder: string, runbook: string): Promise<Board> {
	const env = {XDG_STATE_HOME: join(place, 'state'), XDG_CACHE_HOME: join(place, 'cache'), HOME: place};
	const root = join(place, 'state/cutover-tui');
	const cli = async (...args: readonly string[]): Promise<void> => {
		await mustRun(args, {env, cwd: folder});
	};
	await cli('begin', runbook, '--t0', '+6h', '--as', 'bench');
	return {
		cli,
		folder,
		env,
		open(more = {}, by) {
			for (const id of readdirSync(root)) rmSync(join(root, id, 'here'), {recursive: true, force: true});
			const options = {...size, cwd: folder, env: {...env, ...more}};
			return by === undefined
				? openProgram([runbook], options)
				: openTerminal({command: by, args: [runbook], ...options});
		},
	};
}

export type Boards = {readonly few: Board; readonly many: Board; readonly manyWithoutGit: Board};

/** Seconds for which the gate of the board of 11 rows prints 100,000 lines a second; for as long it then prints as it can. */
export const pacedSeconds = 25;

const preflight = `node -e '
const lines = "a line of output, made up for the bench\\n".repeat(1000);
setInterval(() => process.stdout.write(lines), 10);
setTimeout(() => process.exit(), ${pacedSeconds * 1000});
'
timeout ${pacedSeconds} yes "a line of output, made up for the bench"
exit 0
`;

/** `folder`: makes a folder of its own. `dispose` ends what they started. */
export async function boards(folder: (name: string) => string): Promise<Boards & {dispose(): Promise<void>}> {
	const own = workspace();
	own.write('ops/preflight.sh', preflight);
	own.commit('bench');
	const few = await begun(folder('few'), own.folder, 'runbook.md');
	const inGit = join(own.folder, 'many.md');
	writeFileSync(inGit, manyRows());
	const many = await begun(folder('many'), own.folder, 'many.md');
	const bare = folder('bare');
	writeFileSync(join(bare, 'many.md'), manyRows());
	const manyWithoutGit = await begun(folder('without-git'), bare, 'many.md');
	return {
		few,
		many,
		manyWithoutGit,
		async dispose() {
			await few.cli(...abandoning, '--role', 'release-manager');
			for (const {cli} of [many, manyWithoutGit]) await cli(...abandoning);
			own.dispose();
		},
	};
}
