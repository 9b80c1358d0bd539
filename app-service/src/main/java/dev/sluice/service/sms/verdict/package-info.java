/// What a burst of texts means: the question to a chat provider, how its answer is read, and the rules
/// that stand in when there is none.
@NullMarked
package dev.sluice.service.sms.verdict;

import org.jspecify.annotations.NullMarked;
