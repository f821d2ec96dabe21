/** `npm run e2e:install`: sees to it that there is a browser for `npm run e2e`. */
import { getChromium } from './chromium.ts';

console.log(`Chromium: ${getChromium()}`);
