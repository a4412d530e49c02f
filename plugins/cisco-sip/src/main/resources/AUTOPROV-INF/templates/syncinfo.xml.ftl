<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Read at "check-sync" only. Never the number that SIPDefault.cnf gives the phone, so each such request restarts
     it. -->
<SYNCINFO>
  <IMAGE VERSION="*" SYNC="0"/>
</SYNCINFO>
