/* Why GitHub did not do what it was asked, by the status of its answer, in a sentence that says what to fix. */

import type {Remote} from '../../cutover/model/runbook.ts';
import {fieldsOf, listOf, parsed, textOf} from '../../text/fields.ts';
import {durationText} from '../../text/time.ts';
import type {Answer, Reply} from './answer.ts';

const longest = 300;

/** GitHub's own words, in one line; empty where it has none. */
function wordsOf(body: string): string {
	const fields = fieldsOf(parsed(body)) ?? {};
	const more = listOf(fields['errors']).map(({message}) => textOf(message) ?? '');
	const words = [textOf(fields['message']) ?? '', ...more].join(' ').replace(/\s+/g, ' ').trim();
	return words.length > longest ? `${words.slice(0, longest)}…` : words;
}

/** Some rate limits are named by their message only. */
export const isRateLimit = ({status, body, retryAfterSeconds}: Answer): boolean =>
	status === 429 ||
	(status === 403 && (retryAfterSeconds !== null || /rate limit|abuse detection/i.test(wordsOf(body))));

/** `what`: that which was asked for, as in "no workflow back.yml in orders/shop". `right`: what a token needs for it. */
export type Wanted = {readonly what: string; readonly right: string};

type Say = (answer: Answer, said: string, remote: Remote, wanted: Wanted) => string;

const forbidden: Say = (answer, said, {repository, token}, {right}) => {
	if (!isRateLimit(answer))
		return `GitHub forbids it (403${said}): the token in ${token} needs "${right}" for ${repository}.`;
	const wait = answer.retryAfterSeconds;
	return `GitHub's rate limit is reached (${answer.status}${said}): try again in ${wait === null ? 'a minute' : durationText(Math.ceil(wait))}.`;
};

const moved: Say = ({status}, _, {repository}) =>
	`GitHub says that ${repository} has moved (${status}): set its new name as the repository.`;

const bySentence: Readonly<Record<number, Say>> = {
	301: moved,
	302: moved,
	307: moved,
	308: moved,
	401: (_, said, {token}) => `GitHub rejects the token in ${token} (401${said}): it is wrong, expired or revoked.`,
	403: forbidden,
	404: (_, _said, {token}, {what}) =>
		`GitHub shows no ${what} (404): its name is wrong, or the token in ${token} may not see it.`,
	429: forbidden,
};

export function denial(answer: Answer, remote: Remote, wanted: Wanted): string {
	const words = wordsOf(answer.body);
	const said = words === '' ? '' : `, "${words}"`;
	const say = bySentence[answer.status];
	if (say) return say(answer, said, remote, wanted);
	return `GitHub ${answer.status >= 500 ? 'failed' : 'refused it'} (${answer.status}${said}).`;
}

/** Of an answer that is none too. */
export const faultOf = (reply: Reply, remote: Remote, wanted: Wanted): string => {
	if (reply.kind === 'answer') return denial(reply, remote, wanted);
	return reply.kind === 'unsent' ? `Not sent: ${reply.why}.` : `Sent, but not answered: ${reply.why}.`;
};
