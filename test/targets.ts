import type {AttemptTarget} from '../source/cutover/model/attempt-target.ts';

/** What an attempt is of, as tests name it: `G1`, `T-30`, `preferred`. */
export const targetOf = (name: string): AttemptTarget => {
	if (name === 'preferred' || name === 'fallback') return {path: name};
	return /^T[-+\d]/.test(name) ? {stage: name} : {gate: name};
};
