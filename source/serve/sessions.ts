/*
Who opened a personal link in which browser. Sessions are in memory: after a server was killed, the link opens one again. The
oldest of a link ends where it would have too many; failed openings are counted, so that nobody can try links.
*/
import {randomBytes} from 'node:crypto';
import type {Invitation} from '../cutover/model/link.ts';
import type {Account, Person} from '../cutover/model/person.ts';
import type {Clock} from '../cutover/ports.ts';

export type Session = {readonly id: string; readonly link: string; readonly from: string; readonly agent: string};

/** Who acts in this session: as they are signed in, else with the code where the link has one, until it is asked for. */
export const personOf = ({link, from, agent}: Session, {name, code}: Invitation, account: Account | null): Person => ({
	name,
	login: null,
	role: null,
	tty: null,
	ssh: null,
	strength: account !== null ? (account.oidc === null ? 'proxy' : 'oidc') : code ? 'link+code' : 'link',
	web: {
		link,
		from,
		agent,
		...(account === null ? {} : {account: account.mail, ...(account.oidc === null ? {} : {oidc: account.oidc})}),
	},
});

const lastsMs = 12 * 3_600_000;
const mostOfLink = 3;
const windowMs = 60_000;
/** Of an address: a limit for all of them would let anybody shut the door before everybody. */
const mostFailed = 10;
const mostOpenings = 10;

type Happened = {readonly at: number; readonly who: string};

export class Sessions {
	readonly #clock: Pick<Clock, 'steady'>;
	#open: readonly (Session & {readonly at: number})[] = [];
	#failed: readonly Happened[] = [];
	#opened: readonly Happened[] = [];

	constructor(clock: Pick<Clock, 'steady'>) {
		this.#clock = clock;
	}

	#recent(all: readonly Happened[]): readonly Happened[] {
		return all.filter(({at}) => this.#clock.steady() - at < windowMs);
	}

	/** Whether this address has to wait before it tries again. */
	isTooMany(from: string): boolean {
		this.#failed = this.#recent(this.#failed);
		return this.#failed.filter(({who}) => who === from).length >= mostFailed;
	}

	failed(from: string): void {
		this.#failed = [...this.#failed, {at: this.#clock.steady(), who: from}];
	}

	/** Null where a link was opened too often within a minute. */
	open(link: string, from: string, agent: string): Session | null {
		this.#opened = this.#recent(this.#opened);
		if (this.#opened.filter(({who}) => who === link).length >= mostOpenings) return null;
		const at = this.#clock.steady();
		this.#opened = [...this.#opened, {at, who: link}];
		const session = {id: randomBytes(16).toString('base64url'), link, from, agent};
		const mine = this.#open.filter(each => each.link === link).slice(-(mostOfLink - 1));
		this.#open = [...this.#open.filter(each => each.link !== link), ...mine, {...session, at}];
		return session;
	}

	find(id: string | null): Session | null {
		this.#open = this.#open.filter(({at}) => this.#clock.steady() - at < lastsMs);
		return this.#open.find(each => each.id === id) ?? null;
	}

	end({id}: Session): void {
		this.#open = this.#open.filter(each => each.id !== id);
	}
}
