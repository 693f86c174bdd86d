namespace Halley.Kernels;

/// <summary>Hands out blocks to threads and adds their partial sums to a total in block order.</summary>
/// <remarks>
/// A thread that runs ahead parks its buffer; whoever finishes the oldest open block adds it and all parked ones after it.
/// Blocks are given out in order together with a buffer, so the oldest open block always has one and nobody waits for ever.
/// </remarks>
sealed class OrderedSums(int rowCount, int blockSize, double[] total, RowBlocks.BlockSums work, CancellationToken cancellation)
{
    readonly object _gate = new();
    readonly int _blockCount = RowBlocks.CountOf(rowCount, blockSize);
    readonly Stack<double[]> _free = new();
    readonly Dictionary<int, double[]> _parked = [];
    int _taken;
    int _added;
    int _workers;
    int _buffers;
    bool _stopped;

    internal void TakeBlocks()
    {
        lock (_gate)
            _workers++;
        try
        {
            while (TryTake(out var block, out var partial))
            {
                work(RowBlocks.At(block, rowCount, blockSize), partial);
                Return(block, partial);
            }
        }
        catch
        {
            Stop();
            throw;
        }
    }

    bool TryTake(out int block, out double[] partial)
    {
        (block, partial) = (-1, []);
        lock (_gate)
        {
            while (!_stopped && _taken < _blockCount && _free.Count == 0 && _buffers >= 2 * _workers)
                Monitor.Wait(_gate);
            if (_stopped || _taken == _blockCount || cancellation.IsCancellationRequested)
                return false;
            block = _taken++;
            if (!_free.TryPop(out partial!))
            {
                partial = new double[total.Length];
                _buffers++;
            }
        }
        return true;
    }

    void Return(int block, double[] partial)
    {
        lock (_gate)
        {
            _parked.Add(block, partial);
            while (_parked.Remove(_added, out var next))
            {
                Reduce.AddScaled(1, next, total);
                Array.Clear(next);
                _free.Push(next);
                _added++;
            }
            Monitor.PulseAll(_gate);
        }
    }

    void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }
}
