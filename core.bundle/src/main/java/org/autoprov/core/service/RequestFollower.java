// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import org.osgi.annotation.versioning.ConsumerType;

/** Gets to know what phones ask and how large transfers go. Both methods are called on the follower's own thread. */
@FunctionalInterface
@ConsumerType
public interface RequestFollower {

    /** A request was answered. */
    void request(RequestEvent event);

    /** A transfer goes on, or ended. */
    default void transfer(TransferEvent event) {}
}
