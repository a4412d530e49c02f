// SPDX-License-Identifier: Apache-2.0
package org.autoprov.tftp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autoprov.core.request.PhoneRequest;
import org.autoprov.core.service.RequestFollower;
import org.autoprov.core.service.RequestMonitor;
import org.autoprov.core.service.TransferEvent;

/** Keeps what it is told. */
final class FakeMonitor implements RequestMonitor {

    final List<String> told = new CopyOnWriteArrayList<>();
    volatile boolean followed;

    @Override
    public AutoCloseable follow(RequestFollower follower) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isFollowed() {
        return followed;
    }

    @Override
    public void transfer(
            PhoneRequest request, TransferEvent.State state, long bytes, long total, long millis, String reason) {
        told.add(request.path() + " " + state + " " + bytes + "/" + total + (reason.isEmpty() ? "" : ": " + reason));
    }
}
