/* Small runbooks put together from lines. */
import {codes, read} from './sample.ts';

export const lines = (...text: readonly string[]): string => `# Move\n\n${text.join('\n')}\n`;
export const night = lines(
	'## Timeline',
	'',
	'| Time | Owner | Action |',
	'|---|---|---|',
	'| T-10 | lead | Go/no-go |',
	'| T0 | ops | Switch |',
	'| T+30 | lead | Keep or go back |',
	'',
);

/** Minutes of its stages from T0; of a runbook that is refused the codes. */
export const offsets = (text: string, settings?: string): readonly number[] | string => {
	const {runbook, problems} = read(text, settings === undefined ? {} : {settings});
	return runbook?.stages.map(({offsetSeconds}) => offsetSeconds / 60) ?? codes(problems).join();
};

export const signers = (...text: readonly string[]) =>
	read(`${night}\n## Sign-off\n\n${text.join('\n')}\n`).runbook?.signOffs.map(({role}) => role);
