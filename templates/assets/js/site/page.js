// The page and its parts.
export const $ = (selector, from = document) => from.querySelector(selector);
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
export const root = document.documentElement;
export const main = $("main");
export const course = $("#course");
export const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
