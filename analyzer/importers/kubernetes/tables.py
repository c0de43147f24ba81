"""Every key of a workload, a pod and a container, and what becomes of it.

``used`` is read; ``kept`` stands below ``x-kubernetes`` for whoever converts the service; ``none``
has no bearing. A value in `DEFAULTS` is what the API server fills in and says nothing.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
"""

from typing import Literal

Treatment = Literal["used", "kept", "none"]


def _table(used: str, kept: str, none: str) -> dict[str, Treatment]:
    return {
        **dict.fromkeys(used.split(), "used"),
        **dict.fromkeys(kept.split(), "kept"),
        **dict.fromkeys(none.split(), "none"),
    }


WORKLOAD = _table(
    "jobTemplate replicas selector serviceName template volumeClaimTemplates",
    "completions parallelism schedule suspend timeZone",
    """activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode concurrencyPolicy
    failedJobsHistoryLimit managedBy manualSelector maxFailedIndexes minReadySeconds ordinals
    paused persistentVolumeClaimRetentionPolicy podFailurePolicy podManagementPolicy
    podReplacementPolicy progressDeadlineSeconds revisionHistoryLimit
    startingDeadlineSeconds strategy successPolicy successfulJobsHistoryLimit
    ttlSecondsAfterFinished updateStrategy""",
)
"""``spec`` of Deployment, StatefulSet, DaemonSet, ReplicaSet, Job and CronJob."""

POD = _table(
    """containers hostAliases hostNetwork hostname initContainers nodeName nodeSelector
    restartPolicy securityContext volumes affinity""",
    """hostIPC hostPID imagePullSecrets priorityClassName resourceClaims resources
    runtimeClassName serviceAccountName tolerations topologySpreadConstraints""",
    """activeDeadlineSeconds automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks
    ephemeralContainers hostUsers hostnameOverride os overhead preemptionPolicy priority
    readinessGates schedulerName schedulingGates serviceAccount setHostnameAsFQDN
    shareProcessNamespace subdomain terminationGracePeriodSeconds workloadRef""",
)
"""``spec`` of a pod."""

CONTAINER = _table(
    """args command env envFrom image imagePullPolicy livenessProbe name ports readinessProbe
    resources securityContext startupProbe stdin tty volumeDevices volumeMounts workingDir""",
    "lifecycle restartPolicy",
    """resizePolicy restartPolicyRules stdinOnce terminationMessagePath
    terminationMessagePolicy""",
)
"""A container of a pod."""

SECURITY = _table(
    "capabilities privileged readOnlyRootFilesystem runAsUser",
    "",
    """allowPrivilegeEscalation appArmorProfile fsGroup fsGroupChangePolicy procMount runAsGroup
    runAsNonRoot seLinuxChangePolicy seLinuxOptions seccompProfile supplementalGroups
    supplementalGroupsPolicy sysctls windowsOptions""",
)
"""``securityContext`` of a pod or a container."""

OBJECT = _table(
    """apiVersion data kind metadata parameters provisioner spec status subsets""",
    "",
    """allowVolumeExpansion allowedTopologies binaryData immutable mountOptions reclaimPolicy
    stringData type volumeBindingMode""",
)
"""An object itself; what a Secret holds has no bearing, because it is never read."""

SPECS = {
    "Service": _table(
        "clusterIP clusterIPs externalIPs externalName ipFamilies ports selector type",
        "",
        """allocateLoadBalancerNodePorts externalTrafficPolicy healthCheckNodePort
        internalTrafficPolicy ipFamilyPolicy loadBalancerClass loadBalancerIP
        loadBalancerSourceRanges publishNotReadyAddresses sessionAffinity sessionAffinityConfig
        trafficDistribution""",
    ),
    "Ingress": _table("backend defaultBackend rules", "", "ingressClassName tls"),
    "PersistentVolumeClaim": _table(
        "accessModes resources storageClassName volumeName",
        "",
        """dataSource dataSourceRef selector volumeAttributesClassName volumeMode""",
    ),
    "IngressRoute": _table("routes", "", "entryPoints parentRefs tls"),
    "HTTPRoute": _table("hostnames rules", "", "parentRefs useDefaultGateways"),
}
"""``spec`` of other objects."""

DEFAULTS = {
    "internalTrafficPolicy": ("Cluster",),
    "externalTrafficPolicy": ("Cluster",),
    "ipFamilyPolicy": ("SingleStack",),
    "sessionAffinity": ("None",),
    "allocateLoadBalancerNodePorts": ("true",),
    "volumeMode": ("Filesystem",),
    "reclaimPolicy": ("Delete",),
    "volumeBindingMode": ("Immediate",),
    "allowVolumeExpansion": ("false",),
    "publishNotReadyAddresses": ("false",),
    "dnsPolicy": ("ClusterFirst", "ClusterFirstWithHostNet"),
    "enableServiceLinks": ("true",),
    "hostIPC": ("false",),
    "hostPID": ("false",),
    "podManagementPolicy": ("OrderedReady",),
    "preemptionPolicy": ("PreemptLowerPriority",),
    "priority": ("0",),
    "progressDeadlineSeconds": ("600",),
    "revisionHistoryLimit": ("10",),
    "schedulerName": ("default-scheduler",),
    "serviceAccount": ("default",),
    "serviceAccountName": ("default",),
    "suspend": ("false",),
    "terminationGracePeriodSeconds": ("30",),
    "terminationMessagePath": ("/dev/termination-log",),
    "terminationMessagePolicy": ("File",),
    "completions": ("1",),
    "parallelism": ("1",),
    "backoffLimit": ("6",),
    "completionMode": ("NonIndexed",),
    "podReplacementPolicy": ("TerminatingOrFailed",),
    "concurrencyPolicy": ("Allow",),
    "successfulJobsHistoryLimit": ("3",),
    "failedJobsHistoryLimit": ("1",),
}
"""What the API server fills in."""

EXTENSION = "x-kubernetes"
