/**
 * What each path answers: `/health`, `/version` and `/timetable` at the front door, `/blue/…` and `/green/…` at a slot,
 * whether it is live or not.
 */
import {type Colour, type Found, isColour, live, timetable} from './releases.ts';

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
