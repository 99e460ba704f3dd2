/**
 * One cutover with one gate that is run over and over, and a screen on it. What the gate's command does in a round stands in
 * a plan beside the runbook; what it did, it writes down itself, so that a verdict can be held against what happened.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {linesOf} from '../../harness/files.ts';
import {environment, program} from '../../harness/program.ts';
import {openProgram, type Terminal} from '../../harness/terminal.ts';
import {type Ending, type Site, site} from '../operator.ts';

/** What the command of a round does: waits, leaves a process behind, exits. */
export type Plan = {readonly seconds: number; readonly leaves: boolean; readonly exit: number};

/** What it did. `begun`: pids of the times it was begun. */
export type Truth = {readonly begun: readonly number[]; readonly exit: number | null};

const command = `read -r round seconds leaves exit < plan
echo "$$" >> "rounds/$round.begun"
test "$leaves" = no || setsid sleep 300 &
echo "round $round begins"
test "$seconds" = 0 || sleep "$seconds"
echo "$exit" >> "rounds/$round.ended"
exit "$exit"
`;

export class Lane {
	/** Of the cutover. */
	readonly folder: string;
	readonly #place: Site;
	#screen: Terminal | null = null;

	private constructor(place: Site, folder: string) {
		this.#place = place;
		this.folder = folder;
	}

	static async begin(ending: Ending): Promise<Lane> {
		const place = site(ending);
		place.write('ops/preflight.sh', command);
		mkdirSync(join(place.folder, 'rounds'));
		const begun = await place.cli('begin', 'runbook.md', '--t0', '+10h', '--as', 'ana');
		if (begun.code !== 0) throw new Error(begun.stderr);
		const lane = new Lane(place, String((await place.status())['folder']));
		ending.after(() => lane.#screen?.[Symbol.asyncDispose]());
		return lane;
	}

	plan(round: number, {seconds, leaves, exit}: Plan): void {
		this.#place.write('plan', `${round} ${seconds} ${leaves ? 'yes' : 'no'} ${exit}\n`);
	}

	truth(round: number): Truth {
		const file = (name: string) => join(this.#place.folder, 'rounds', `${round}.${name}`);
		const [exit] = linesOf(file('ended'));
		return {begun: linesOf(file('begun')).map(Number), exit: exit === undefined ? null : Number(exit)};
	}

	/** `run G1` as somebody types it, in a process group of its own. */
	runs(): ChildProcess {
		const [node, ...own] = program;
		const child = spawn(node, [...own, 'run', 'G1', '--as', 'ana'], {
			cwd: this.#place.folder,
			env: environment(this.#place.env),
			stdio: 'ignore',
			detached: true,
		});
		child.on('error', () => {});
		return child;
	}

	/** The screen that is open, or one that is opened now. */
	async screen(): Promise<Terminal> {
		if (this.#screen === null) {
			this.#screen = openProgram(['runbook.md', '--as', 'ana'], {cwd: this.#place.folder, env: this.#place.env});
			await this.#screen.shows('NEXT');
		}
		return this.#screen;
	}

	async killScreen(): Promise<void> {
		const screen = this.#screen;
		this.#screen = null;
		screen?.kill('SIGKILL');
		await screen?.exited;
	}

	status(): Promise<Readonly<Record<string, unknown>>> {
		return this.#place.status();
	}

	/** A runner has said that the attempt is its own. */
	isTaken(attempt: number): boolean {
		return existsSync(join(this.folder, 'attempts', `G1-${attempt}`, 'owner.json'));
	}

	log(attempt: number): Buffer | null {
		const file = join(this.folder, 'attempts', `G1-${attempt}`, 'log');
		return existsSync(file) ? readFileSync(file) : null;
	}
}
