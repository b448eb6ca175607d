/* What comments need: names behind an @. On the annotate screen it comes later, as comments do. */
import { watchMentions } from "./mentions.js";

watchMentions();
