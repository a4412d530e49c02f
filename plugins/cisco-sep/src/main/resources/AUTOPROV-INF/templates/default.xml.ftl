<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- For a phone that found no file of its own. It names no server and no firmware, so the phone changes nothing. -->
<?xml version="1.0" encoding="UTF-8"?>
<Default>
  <callManagerGroup>
    <members>
    </members>
  </callManagerGroup>
</Default>
