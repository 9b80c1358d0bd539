package dev.sluice.service.thread;

import org.jspecify.annotations.Nullable;

/// Questions of one tenant in one thread, that differ in one thing at a time.
final class Questions {
    private Questions() {}

    static Question of(String content) {
        return of("thread-1", content, null);
    }

    static Question of(String threadId, String content, @Nullable String idempotencyKey) {
        return new Question(
                "acme",
                threadId,
                "user-1",
                content,
                "user",
                null,
                null,
                "because",
                "private",
                true,
                null,
                idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey, "hash of " + content),
                "request of " + content,
                false);
    }

    /// Returns a question that has nothing to do with the prompt's history.
    static Question withoutMemory(Question like) {
        return new Question(
                like.org(),
                like.threadId(),
                like.userId(),
                like.content(),
                like.role(),
                like.provider(),
                like.model(),
                like.reason(),
                like.scope(),
                false,
                like.alone(),
                like.idempotencyKey(),
                like.requestId(),
                like.streamed());
    }
}
