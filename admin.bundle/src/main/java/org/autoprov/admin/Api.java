// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

/** One version of the API. Called from many threads, may wait for the store. */
@FunctionalInterface
public interface Api {

    /** Answers; throws nothing that a caller could cause. */
    ApiReply answer(ApiRequest request);
}
