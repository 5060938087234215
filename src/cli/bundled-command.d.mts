export declare const COMMAND: string
export declare const STAMP: string
export declare function isCurrent(): boolean
export declare function stampOf(): string
