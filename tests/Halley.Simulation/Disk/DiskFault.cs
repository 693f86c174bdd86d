namespace Halley.Simulation;

/// <summary>What the disk does wrong once.</summary>
enum DiskFault
{
    None,

    /// <summary>A write finds no space.</summary>
    Full,

    /// <summary>A write fails.</summary>
    WriteError,

    /// <summary>A sync fails, and what was written stays unsynced.</summary>
    SyncError,

    /// <summary>The power goes before a write: the machine is off in the middle of what it was doing.</summary>
    PowerLoss,
}
