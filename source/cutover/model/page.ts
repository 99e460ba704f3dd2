/* Where the page of a cutover is shown, as the settings say. */

/** Relative to the workspace, or absolute. */
type Path = string;

/** The live page. `listen`: host:port, or unix:PATH. `url`: what its link begins with. `tls`: PEM files. `open`: without a code in the link. */
export type Serve = {
	readonly listen: string;
	readonly url: string | null;
	readonly tls?: {readonly cert: Path; readonly key: Path};
	readonly open?: true;
};

/** Where the page is served unless something else is said. */
export const usualPlace = '127.0.0.1:8440';

/** The same page wherever readers may look: a file, or the standard input of a command line. */
export type Publish = {readonly file?: Path; readonly command?: string};

/**
Who signs people in before the page, over a unix socket: the header that holds their mail address, and the name of the environment
variable with what only the proxy knows.
*/
export type SignIn = {readonly header: string; readonly secret: string};

/** Absent where the settings do not ask for it. */
export type Shown = {readonly serve?: Serve; readonly publish?: Publish; readonly identity?: SignIn};
