namespace Halley.Registry;

/// <summary>A release that answers from an effective date on.</summary>
/// <param name="Transaction">The only transaction that it answers; null for every one.</param>
/// <param name="From">The first effective date, in the request's own calendar: not the day on which it is asked.</param>
public sealed record TimetableEntry(VersionId Release, Transaction? Transaction, DateOnly From)
{
    internal bool IsFor(Transaction transaction) => Transaction is null || Transaction == transaction;
}
