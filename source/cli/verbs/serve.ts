/* `serve`: the live page of a cutover, until it is closed or a signal arrives. */
import {randomBytes} from 'node:crypto';
import {constants} from 'node:os';
import {isLoopback, listen, nameIn, placeOf, stopListening, usualPlace} from '../../serve/listen.ts';
import {liveBoard} from '../../serve/live.ts';
import {peopleOf} from '../../serve/people.ts';
import {pageServer} from '../../serve/server.ts';
import {viewBy} from '../../serve/view.ts';
import {safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {choose} from '../choose.ts';
import type {Opened} from '../compose.ts';
import {noteAddress, urlOf} from '../giving.ts';
import {say, tell} from '../io.ts';
import {pageSource, viewCode} from '../page.ts';
import {UsageError} from '../usage-error.ts';

function placeIn(call: Args) {
	const text = call.text('listen') ?? usualPlace;
	const place = placeOf(text);
	if (place === null)
		throw new UsageError(
			`"${text}" is not an address to listen on. Write 127.0.0.1:8440 or unix:/run/cutover/web.sock.`,
		);
	if ('host' in place && !isLoopback(place.host))
		throw new UsageError(
			`${text} is not a loopback address. Listen on one, and reach it by ssh -L or by a proxy with TLS.`,
		);
	return place;
}

const untilOver = (call: Args, {journal}: Opened): Promise<number> =>
	new Promise(resolve => {
		const stops: (() => void)[] = [];
		const end = (code: number): void => {
			for (const stop of stops.splice(0)) stop();
			resolve(code);
		};
		stops.push(call.io.onSignal(signal => end(128 + constants.signals[signal])));
		const look = (): void => {
			if (journal.state().closed !== null) end(0);
		};
		stops.push(journal.watch(look));
		look();
	});

async function acting(call: Args, work: (opened: Opened) => Promise<number>): Promise<number> {
	const opened = await choose(call, 'act');
	try {
		return await work(opened);
	} finally {
		await opened.close();
	}
}

export const run = (call: Args): Promise<number> => {
	const place = placeIn(call);
	return acting(call, async opened => {
		const {folder, journal, clock} = opened;
		const url = urlOf(opened);
		const secure = url?.startsWith('https:') ?? false;
		const code = call.flag('open') ? null : viewCode(folder);
		const people = peopleOf({journal, clock, folder, secure});
		const view = viewBy(code, secure);
		const live = liveBoard(
			pageSource(opened),
			{...view, mayLook: asked => view.mayLook(asked) || people.isIn(asked)},
			clock,
			randomBytes(6).toString('hex'),
		);
		const server = pageServer({
			routes: [...live.routes, ...people.routes],
			isOurs: host => isLoopback(nameIn(host)) || (url !== null && host === new URL(url).host),
			log: line => tell(call.io, safe(line)),
		});
		try {
			const address = `http://${await listen(server, place)}`;
			if ('host' in place) noteAddress(folder, address);
			say(call.io, safe(`${url ?? address}/${code === null ? '' : `#${code}`}`));
			return await untilOver(call, opened);
		} finally {
			live.close();
			await stopListening(server, clock);
		}
	});
};
