/* The answer at the end of the redirections, where they are to be followed; one is an answer like any other elsewhere. */
import {coded} from './limit.ts';
import type {Trip} from './measured.ts';
import {type Answer, request, type Sought} from './request.ts';

const elsewhere = new Set([301, 302, 303, 307, 308]);
const most = 5;

function target(location: string, from: URL): URL {
	const to = URL.parse(location, from);
	if (to === null || !/^https?:$/.test(to.protocol)) throw coded('bad redirect');
	return to;
}

/** An answer that fits is the end, even if it is a redirection. */
export async function answerAt(url: string, follow: boolean, sought: Sought, trip: Trip): Promise<Answer> {
	let at = new URL(url);
	for (let left = follow ? most : 0; ; left--) {
		const answer = await request(at, sought, trip);
		const {status, location} = answer;
		if (!follow || !elsewhere.has(status) || location === null || sought.fits(status)) return answer;
		if (left === 0) throw coded('too many redirects');
		at = target(location, at);
	}
}
