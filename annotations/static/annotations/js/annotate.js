/*
 * The annotate screen: brings its parts together. What reads, marks and sends is here; what one uses now and then comes at
 * its first use (later.js, tools.js), so that an article opens with little.
 */
import { holdKeys } from "./held_keys.js";
import { installLater } from "./later.js";
import { installMarking } from "./mark_here.js";
import { htmxCame } from "./requests.js";
import { byId, Screen } from "./screen.js";
import { installTogether } from "./together.js";
import { installUndo } from "./undo.js";
import { installWalking } from "./walking.js";

const PARTS = [installWalking, installMarking, installUndo, installTogether, installLater];

export const screen = new Screen(byId("text").querySelector("[data-article-text]"));
PARTS.forEach((install) => install(screen));
holdKeys(htmxCame);
screen.show();
