package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"baton/internal/app/accounts"
	"baton/internal/mail"
	"baton/internal/store"
)

// letIn mails a link to everybody who asked for one to sign in with.
func (w *Worker) letIn(ctx context.Context) error {
	if w.send == nil {
		return nil
	}
	var failed []error
	for ctx.Err() == nil {
		asks, err := accounts.ClaimAsks(ctx, w.app, lease, handful)
		if err != nil {
			return errors.Join(append(failed, fmt.Errorf("claim asks for links: %w", err))...)
		}
		for _, ask := range asks {
			if err := w.answer(ctx, ask); err != nil {
				failed = append(failed, fmt.Errorf("answer an ask for a link: %w", err))
			}
		}
		if len(asks) < handful {
			break
		}
	}
	return errors.Join(failed...)
}

// answer sends the letter of one ask; what the mail server cannot take now, it
// is asked again after a minute, after two and so on.
func (w *Worker) answer(ctx context.Context, ask store.SignInAsk) error {
	letter, there, err := accounts.Answer(ctx, w.app, ask)
	if err != nil {
		return err
	}
	if !there {
		return accounts.Answered(ctx, w.app, ask)
	}
	err = w.send(ctx, letter)
	stopped := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	var refused mail.Refused
	switch {
	case err == nil, errors.As(err, &refused):
		return accounts.Answered(ctx, w.app, ask)
	case stopped: // the next start tries again at once
		return accounts.PutOff(ctx, w.app, ask, w.app.Now())
	}
	return accounts.PutOff(ctx, w.app, ask, w.app.Now().Add(time.Minute<<(ask.Attempts-1)))
}
