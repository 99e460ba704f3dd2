/**
 * Which releases there are, which of them the router sends people to, and what each path answers: `/health`, `/version` and
 * `/timetable` at the front door, `/blue/…` and `/green/…` at a slot, whether it is live or not. Everything is read anew at each
 * request: what a script changes on disk counts from the next request on, as with a router that reloads its file.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const colours = ['blue', 'green'] as const;

type Colour = (typeof colours)[number];

/** `why` in a sentence, where there is nothing to serve. */
type Found<T> = {readonly found: T} | {readonly why: string};

const isColour = (text: string): text is Colour => (colours as readonly string[]).includes(text);

function read(file: string): Found<string> {
	try {
		return {found: readFileSync(file, 'utf8')};
	} catch (error) {
		return {why: error instanceof Error ? error.message : String(error)};
	}
}

/** The colour that `runtime/router.conf` names in its line `live=COLOUR`. */
function live(workspace: string): Found<Colour> {
	const file = read(join(workspace, 'runtime', 'router.conf'));
	if ('why' in file) return file;
	const named = /^live=(\S*)$/m.exec(file.found)?.[1] ?? '';
	return isColour(named) ? {found: named} : {why: `router.conf names no release: live=${named}`};
}

/** What a release has to say: its `timetable.json`. */
function timetable(workspace: string, colour: Colour): Found<unknown> {
	const file = read(join(workspace, 'releases', colour, 'timetable.json'));
	if ('why' in file) return file;
	try {
		return {found: JSON.parse(file.found)};
	} catch {
		return {why: `The timetable of ${colour} is no JSON.`};
	}
}

export type Answer = {readonly status: number; readonly body: unknown};

const down = (why: string): Answer => ({status: 503, body: {status: 'down', why}});

type Page = (workspace: string, colour: Colour) => Answer;

const pages: Readonly<Record<string, Page>> = {
	health(workspace, colour) {
		const found = timetable(workspace, colour);
		return 'why' in found ? down(found.why) : {status: 200, body: {status: 'ok', version: colour}};
	},
	version: (_, colour) => ({status: 200, body: {version: colour}}),
	timetable(workspace, colour) {
		const found = timetable(workspace, colour);
		return 'why' in found ? down(found.why) : {status: 200, body: found.found};
	},
};

/** `/green/health` asks the slot, `/health` the release that is live. */
function asked(workspace: string, path: string): {readonly colour: Found<Colour>; readonly page: string} {
	const [, first = '', ...rest] = path.split('/');
	return isColour(first)
		? {colour: {found: first}, page: rest.join('/')}
		: {colour: live(workspace), page: path.slice(1)};
}

/** Which release answers for it; null where it cannot be known. `url` is what is in the request line. */
export function releaseFor(workspace: string, url: string): Colour | null {
	const {colour} = asked(workspace, url.replace(/\?.*$/s, ''));
	return 'found' in colour ? colour.found : null;
}

/** `url` is what is in the request line. */
export function answer(workspace: string, method: string, url: string): Answer {
	if (method !== 'GET' && method !== 'HEAD')
		return {status: 405, body: {why: `${method} is not answered here, only GET.`}};
	const {colour, page} = asked(workspace, url.replace(/\?.*$/s, ''));
	const show = Object.hasOwn(pages, page) ? pages[page] : undefined;
	if (show === undefined)
		return {
			status: 404,
			body: {why: 'There are /health, /version and /timetable, and the same under /blue and /green.'},
		};
	return 'why' in colour ? down(colour.why) : show(workspace, colour.found);
}
