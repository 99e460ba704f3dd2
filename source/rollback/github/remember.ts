/*
GETs that remember what they were answered: GitHub is asked whether that still holds, which costs nothing of the rate limit.
*/
import type {Answer, Reply} from './answer.ts';
import {type Access, request} from './request.ts';

export type Get = (path: string) => Promise<Reply>;

export function remembering(access: Access): Get {
	const answers = new Map<string, Answer>();
	return async path => {
		const reply = await request(access, {path, known: answers.get(path) ?? null});
		if (reply.kind === 'answer' && reply.status === 200) answers.set(path, reply);
		return reply;
	};
}
