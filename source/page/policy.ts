/* What a browser may load for a page: nothing but the style and the script that are in it, known by their hashes. */
import {hash} from 'node:crypto';
import {type Html, html, raw} from './html.ts';

const source = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;

/** The policy of a document with this style and, where there is one, this script. */
export const policy = (style: string, script: string | null): string =>
	[
		"default-src 'none'",
		`style-src ${source(style)}`,
		...(script === null ? [] : [`script-src ${source(script)}`, "connect-src 'self'"]),
		"img-src 'none'",
		"form-action 'self'",
		"base-uri 'none'",
	].join('; ');

/** What a document begins with. `more`: what else is in its head. */
export const headOf = (title: string, style: string, more: Html | null = null): Html => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">${more}<title>${title}</title>${styleTag(style)}</head>
`;

const styleTag = (style: string): Html => raw(`<style>${style}</style>`);
export const scriptTag = (script: string): Html => raw(`<script>${script}</script>`);
